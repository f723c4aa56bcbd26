import KernelTable
import TestSupport
import Testing

@testable import Kernels

@Suite("Layer norm")
struct LayerNormTests {
  /// Rows and width.
  static let shapes = [(1, 1), (3, 7), (130, 16), (257, 33), (40, 768)]

  @Test("Rows are normalised, scaled and shifted, in place too", arguments: shapes)
  func forward(rows: Int, width: Int) throws {
    let data = Data(rows: rows, width: width)
    let result = try Engines.agree { engine in data.forward(engine) }
    expectClose(result[0], data.oracle(data.x, data.gamma, data.beta), tolerance: 2e-6)
    for row in 0..<rows {
      let values = data.x[row * width..<(row + 1) * width].map(Double.init)
      let mean = values.reduce(0, +) / Double(width)
      #expect(abs(Double(result[1][2 * row]) - mean) < 1e-5)
    }
  }

  @Test("A large common offset costs no more digits than the input has")
  func offset() throws {
    var random = RepeatableGenerator(seed: 4)
    var data = Data(rows: 5, width: 64)
    data.x = random.values(5 * 64).map { $0 + 1000 }
    let result = try Engines.agree { engine in data.forward(engine) }
    expectClose(result[0], data.oracle(data.x, data.gamma, data.beta), tolerance: 1e-4)
  }

  @Test("The three gradients are the slopes of the forward pass", arguments: shapes.dropFirst())
  func backward(rows: Int, width: Int) throws {
    let data = Data(rows: rows, width: width)
    let result = try Engines.agree { engine in data.backward(engine, initial: nil) }
    expectGradient(result[0], at: data.x, seed: 1) {
      dot(data.oracle($0, data.gamma.map(Double.init), data.beta.map(Double.init)), data.dy)
    }
    expectGradient(result[1], at: data.gamma, seed: 2) {
      dot(data.oracle(data.x.map(Double.init), $0, data.beta.map(Double.init)), data.dy)
    }
    expectGradient(result[2], at: data.beta, seed: 3) {
      dot(data.oracle(data.x.map(Double.init), data.gamma.map(Double.init), $0), data.dy)
    }
    let added = try Engines.agree { engine in data.backward(engine, initial: 1) }
    for (once, sum) in zip(result, added) {
      expectClose(sum, once.map { Double($0) + 1 }, tolerance: 2e-6)
    }
  }

  /// Inputs of one shape.
  private struct Data {
    let rows: Int
    let width: Int
    var x: [Float]
    let gamma: [Float]
    let beta: [Float]
    let dy: [Float]

    init(rows: Int, width: Int) {
      var random = RepeatableGenerator(seed: UInt64(rows))
      (self.rows, self.width) = (rows, width)
      (x, dy) = (random.values(rows * width), random.values(rows * width))
      (gamma, beta) = (random.values(width), random.values(width))
    }

    func oracle(_ x: [Float], _ gamma: [Float], _ beta: [Float]) -> [Double] {
      oracle(x.map(Double.init), gamma.map(Double.init), beta.map(Double.init))
    }

    func oracle(_ x: [Double], _ gamma: [Double], _ beta: [Double]) -> [Double] {
      Oracle.layerNorm(x, gamma: gamma, beta: beta, epsilon: 1e-5, rows: rows, width: width)
    }

    /// y (over x) and stats.
    func forward(_ engine: Kernels) -> [[Float]] {
      var (y, stats) = (x, unwritten(2 * rows))
      y.inPlace { y in
        engine.layerNormForward(
          x: y, gamma: gamma, beta: beta, epsilon: 1e-5, into: y, stats: &stats, rows: rows,
          width: width)
      }
      return [y, stats]
    }

    /// dx, dγ and dβ, added to `initial` if there is one.
    func backward(_ engine: Kernels, initial: Float?) -> [[Float]] {
      let stats = forward(engine)[1]
      var dx = [Float](repeating: initial ?? .nan, count: x.count)
      var dGamma = [Float](repeating: initial ?? .nan, count: width)
      var dBeta = dGamma
      withWorkspace(Workspace.layerNormBackward(rows: rows, width: width)) { workspace in
        engine.layerNormBackward(
          dy: dy, x: x, gamma: gamma, stats: stats, into: &dx, accumulateInput: initial != nil,
          gammaGradient: &dGamma, betaGradient: &dBeta, accumulateParameters: initial != nil,
          rows: rows, width: width, workspace: workspace)
      }
      return [dx, dGamma, dBeta]
    }
  }
}
