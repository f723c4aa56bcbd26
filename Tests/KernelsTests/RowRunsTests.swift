import KernelTable
import TestSupport
import Testing

@testable import Kernels

@Suite("Rows of zeros")
struct RowRunsTests {
  /// Rows, inputs, outputs, and the rows of the gradient that are not zero.
  static let cases: [(Int, Int, Int, [Range<Int>])] = [
    (40, 33, 70, [0..<13]), (40, 33, 70, [13..<14, 30..<40]), (100, 20, 31, [95..<100]),
    (2000, 40, 33, [0..<90, 250..<700, 1500..<1999]), (30, 17, 19, []),
  ]

  @Test(
    "Rows of zeros are left out of products, and no bit of a gradient shows it", arguments: cases)
  func gradients(rows: Int, inputs: Int, outputs: Int, runs: [Range<Int>]) throws {
    var random = RepeatableGenerator(seed: UInt64(rows))
    let (x, w) = (random.values(rows * inputs), random.values(outputs * inputs))
    var dy = random.values(rows * outputs)
    for row in 0..<rows where !runs.contains(where: { $0.contains(row) }) {
      // A zero of either sign.
      for place in 0..<outputs { dy[row * outputs + place] = place % 2 == 0 ? 0 : -0.0 }
    }
    for accumulate in [false, true] {
      let data = GradientData(
        x: x, w: w, dy: dy, rows: rows, inputs: inputs, outputs: outputs, accumulate: accumulate)
      // Zeros compare equal, whatever their signs: a row left out is +0, a product with -0 is not.
      #expect(try data.gradients(leavingOut: true) == data.gradients(leavingOut: false))
    }
  }

  @Test("A row left out is not computed: no number times its zeros leaves no trace")
  func notComputed() throws {
    let (rows, inputs, outputs) = (5 * RowRuns.unit, 33, 70)
    let gap = RowRuns.unit..<3 * RowRuns.unit
    var random = RepeatableGenerator(seed: 8)
    var (x, w) = (random.values(rows * inputs), random.values(outputs * inputs))
    var dy = random.values(rows * outputs)
    for place in gap.lowerBound * outputs..<gap.upperBound * outputs { dy[place] = 0 }
    for place in gap.lowerBound * inputs..<gap.upperBound * inputs { x[place] = .nan }
    let byWeight = try GradientData(
      x: x, w: w, dy: dy, rows: rows, inputs: inputs, outputs: outputs, accumulate: false
    ).gradients(leavingOut: true)[1]
    #expect(byWeight.allSatisfy { $0.isFinite })
    w = w.map { _ in .nan }
    let byInput = try GradientData(
      x: x, w: w, dy: dy, rows: rows, inputs: inputs, outputs: outputs, accumulate: false
    ).gradients(leavingOut: true)[0]
    for row in 0..<rows {
      let values = byInput[row * inputs..<(row + 1) * inputs]
      #expect(values.allSatisfy { gap.contains(row) ? $0 == 0 : $0.isNaN })
    }
  }

  @Test("Runs are whole units that hold a number, and their gaps are the rest")
  func units() throws {
    let unit = RowRuns.unit
    var matrix = [Float](repeating: 0, count: 5 * unit * 3)
    matrix[unit * 3 + 4] = .nan
    matrix[4 * unit * 3] = 1
    matrix[7] = -0.0
    let runs = try #require(RowRuns(nonzeroIn: matrix, rows: 5 * unit - 2, width: 3))
    #expect(runs.ranges == [unit..<2 * unit, 4 * unit..<5 * unit - 2])
    #expect(runs.gaps(rows: 5 * unit - 2) == [0..<unit, 2 * unit..<4 * unit])
    #expect(RowRuns(nonzeroIn: [1, 0, 0, 2], rows: 4, width: 1) == nil)
  }
}

/// The operands of a linear layer's gradients.
private struct GradientData {
  let x: [Float]
  let w: [Float]
  let dy: [Float]
  let rows: Int
  let inputs: Int
  let outputs: Int
  let accumulate: Bool

  /// The gradients by the input and by the weight, as every engine computes them.
  func gradients(leavingOut: Bool) throws -> [[Float]] {
    try Engines.agree { engine in
      var dx = start(rows * inputs)
      var dw = start(outputs * inputs)
      let needed = Workspace.product(m: rows, n: inputs, k: outputs, threads: engine.threads)
      withWorkspace(needed) { workspace in
        if leavingOut {
          engine.linearBackwardInput(
            dy: dy, weight: w, into: &dx, accumulate: accumulate, rows: rows, inFeatures: inputs,
            outFeatures: outputs, workspace: workspace)
        } else {
          engine.product(
            .nn, a: dy, b: w, into: &dx, m: rows, n: inputs, k: outputs, accumulate: accumulate,
            workspace: workspace)
        }
      }
      let other = Workspace.product(m: outputs, n: inputs, k: rows, threads: engine.threads)
      withWorkspace(other) { workspace in
        if leavingOut {
          engine.linearBackwardWeight(
            dy: dy, x: x, into: &dw, accumulate: accumulate, rows: rows, inFeatures: inputs,
            outFeatures: outputs, workspace: workspace)
        } else {
          engine.product(
            .tn, a: dy, b: x, into: &dw, m: outputs, n: inputs, k: rows, accumulate: accumulate,
            workspace: workspace)
        }
      }
      return [dx, dw]
    }
  }

  private func start(_ count: Int) -> [Float] {
    accumulate ? (0..<count).map { Float($0 % 13) - 6 } : unwritten(count)
  }
}
