import KernelTable
import TestSupport
import Testing

@testable import Kernels

@Suite("Linear layers")
struct LinearTests {
  /// Rows, inputs, outputs.
  static let shapes = [(1, 1, 1), (3, 5, 7), (70, 33, 129), (300, 64, 1100)]

  @Test("y = xWᵀ + bias + residual, for each choice of bias and residual", arguments: shapes)
  func forward(rows: Int, inputs: Int, outputs: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(rows))
    let (x, w) = (random.values(rows * inputs), random.values(outputs * inputs))
    let (bias, residual) = (random.values(outputs), random.values(rows * outputs))
    for (hasBias, hasResidual) in [(false, false), (true, false), (false, true), (true, true)] {
      let y = try Engines.agree { engine in
        var y = unwritten(rows * outputs)
        let needed = Workspace.linear(
          rows: rows, inFeatures: inputs, outFeatures: outputs, threads: engine.threads)
        withWorkspace(needed) { workspace in
          engine.linearForward(
            x: x, weight: w, bias: hasBias ? bias : nil, residual: hasResidual ? residual : nil,
            into: &y, rows: rows, inFeatures: inputs, outFeatures: outputs, workspace: workspace)
        }
        return [y]
      }[0]
      let expected = Oracle.linear(
        x, w, bias: hasBias ? bias : nil, residual: hasResidual ? residual : nil, rows: rows,
        inputs: inputs, outputs: outputs)
      expectClose(y, expected, tolerance: 2e-6)
    }
  }

  @Test(
    "Each chain begins with the residual and the bias, bit for bit, however long it is",
    arguments: [(5, 7, 9), (26, 800, 70), (97, 1537, 33)])
  func beginning(rows: Int, inputs: Int, outputs: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(rows))
    let (x, w) = (random.values(rows * inputs), random.values(outputs * inputs))
    let (bias, residual) = (random.values(outputs), random.values(rows * outputs))
    let y = try Engines.agree { engine in
      // The result may be the residual.
      var y = residual
      let needed = Workspace.linear(
        rows: rows, inFeatures: inputs, outFeatures: outputs, threads: engine.threads)
      withWorkspace(needed) { workspace in
        y.withUnsafeMutableBufferPointer { y in
          guard let y = y.baseAddress else { return }
          engine.linearForward(
            x: x, weight: w, bias: bias, residual: y, into: y, rows: rows, inFeatures: inputs,
            outFeatures: outputs, workspace: workspace)
        }
      }
      return [y]
    }[0]
    for row in 0..<rows {
      for output in 0..<outputs {
        var sum = residual[row * outputs + output] + bias[output]
        for k in 0..<inputs { sum.addProduct(x[row * inputs + k], w[output * inputs + k]) }
        #expect(y[row * outputs + output].bitPattern == sum.bitPattern)
      }
    }
  }

  @Test("The three gradients are the slopes of the forward pass", arguments: shapes.dropLast())
  func backward(rows: Int, inputs: Int, outputs: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(rows))
    let (x, w) = (random.values(rows * inputs), random.values(outputs * inputs))
    let (bias, dy) = (random.values(outputs), random.values(rows * outputs))
    let result = try gradients(
      x: x, w: w, dy: dy, rows: rows, inputs: inputs, outputs: outputs, accumulate: false)
    func loss(_ x: [Double], _ w: [Double], _ b: [Double]) -> Double {
      let y = Oracle.linear(
        x, w, bias: b, residual: nil, rows: rows, inputs: inputs, outputs: outputs)
      return dot(y, dy)
    }
    let (wide, weight, shift) = (x.map(Double.init), w.map(Double.init), bias.map(Double.init))
    expectGradient(result[0], at: x, seed: 1) { loss($0, weight, shift) }
    expectGradient(result[1], at: w, seed: 2) { loss(wide, $0, shift) }
    expectGradient(result[2], at: bias, seed: 3) { loss(wide, weight, $0) }
    let twice = try gradients(
      x: x, w: w, dy: dy, rows: rows, inputs: inputs, outputs: outputs, accumulate: true)
    for (once, added) in zip(result, twice) {
      expectClose(added, once.map { Double($0) + 1 }, tolerance: 2e-6)
    }
  }

  @Test("A bias's gradient adds thousands of rows block by block", arguments: [128, 129, 9001])
  func manyRows(rows: Int) throws {
    let width = 19
    var random = RepeatableGenerator(seed: UInt64(rows))
    let dy = random.values(rows * width)
    let db = try Engines.agree { engine in
      var db = unwritten(width)
      withWorkspace(Workspace.biasBackward(rows: rows, width: width)) { workspace in
        engine.biasBackward(
          dy: dy, into: &db, accumulate: false, rows: rows, width: width, workspace: workspace)
      }
      return [db]
    }[0]
    let expected = (0..<width).map { column in
      (0..<rows).reduce(0.0) { $0 + Double(dy[$1 * width + column]) }
    }
    expectClose(db, expected, tolerance: 3e-6)
  }

  private func gradients(
    x: [Float], w: [Float], dy: [Float], rows: Int, inputs: Int, outputs: Int, accumulate: Bool
  ) throws -> [[Float]] {
    let initial: Float = accumulate ? 1 : .nan
    return try Engines.agree { engine in
      var dx = [Float](repeating: initial, count: x.count)
      var dw = [Float](repeating: initial, count: w.count)
      var db = [Float](repeating: initial, count: outputs)
      let byInput = Workspace.linearBackwardInput(
        rows: rows, inFeatures: inputs, outFeatures: outputs, threads: engine.threads)
      withWorkspace(byInput) { workspace in
        engine.linearBackwardInput(
          dy: dy, weight: w, into: &dx, accumulate: accumulate, rows: rows, inFeatures: inputs,
          outFeatures: outputs, workspace: workspace)
      }
      let byWeight = Workspace.linearBackwardWeight(
        rows: rows, inFeatures: inputs, outFeatures: outputs, threads: engine.threads)
      withWorkspace(byWeight) { workspace in
        engine.linearBackwardWeight(
          dy: dy, x: x, into: &dw, accumulate: accumulate, rows: rows, inFeatures: inputs,
          outFeatures: outputs, workspace: workspace)
      }
      withWorkspace(Workspace.biasBackward(rows: rows, width: outputs)) { workspace in
        engine.biasBackward(
          dy: dy, into: &db, accumulate: accumulate, rows: rows, width: outputs,
          workspace: workspace)
      }
      return [dx, dw, db]
    }
  }
}
