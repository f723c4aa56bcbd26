import Glibc
import KernelTable
import TestSupport
import Testing

@testable import Kernels

@Suite("Gates, softmax and RMS norm")
struct GateTests {
  private static let forms: [(GateKind, @Sendable (Double) -> Double)] = [
    (.silu, { x in x / (1 + exp(-x)) }),
    (.tanh, { x in tanh(x) }),
    (.sigmoid, { x in 1 / (1 + exp(-x)) }),
  ]

  @Test("SiLU, tanh and the sigmoid follow their formulas", arguments: [1, 15, 16, 1000, 40_003])
  func forward(count: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(count))
    let x = random.values(count, scale: 4)
    for (kind, oracle) in Self.forms {
      let y = try Engines.agree { engine in
        var output = unwritten(count)
        engine.gateForward(kind, x, into: &output, count: count)
        return [output]
      }[0]
      expectClose(y, x.map { oracle(Double($0)) }, tolerance: 2e-7)
    }
  }

  @Test("tanh keeps the digits of values near 0")
  func smallTanh() throws {
    let x: [Float] = [1e-6, -1e-4, 1e-2, 0.3, 0.624, 0.626, -20, 100, 0]
    let y = try Engines.agree { engine in
      var output = unwritten(x.count)
      engine.gateForward(.tanh, x, into: &output, count: x.count)
      return [output]
    }[0]
    for (found, x) in zip(y, x) {
      #expect(abs(Double(found) - tanh(Double(x))) <= 2.5e-7 * abs(tanh(Double(x))))
    }
  }

  @Test("Their gradients are their slopes, also when written over dy", arguments: [1, 15, 333])
  func backward(count: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(count))
    let (x, dy) = (random.values(count, scale: 3), random.values(count))
    for (kind, oracle) in Self.forms {
      let dx = try Engines.agree { engine in
        var (y, gradient) = (unwritten(count), dy)
        engine.gateForward(kind, x, into: &y, count: count)
        let needed = kind.differentiatesOutput ? y : x
        gradient.inPlace {
          engine.gateBackward(kind, dy: $0, needed: needed, into: $0, count: count)
        }
        return [gradient]
      }[0]
      expectGradient(dx, at: x, seed: UInt64(count)) { x in dot(x.map(oracle), dy) }
    }
  }

  @Test("A softmax's rows add up to 1, and its gradient is its slope", arguments: [1, 7, 16, 50])
  func softmax(width: Int) throws {
    let rows = 5
    var random = RepeatableGenerator(seed: UInt64(width))
    let (x, dy) = (random.values(rows * width, scale: 4), random.values(rows * width))
    let result = try Engines.agree { engine in
      var (y, dx) = (x, dy)
      y.inPlace { engine.softmaxForward($0, into: $0, rows: rows, width: width) }
      dx.inPlace { engine.softmaxBackward(dy: $0, y: y, into: $0, rows: rows, width: width) }
      return [y, dx]
    }
    expectClose(result[0], Oracle.softmax(x.map(Double.init), width: width), tolerance: 5e-7)
    guard width > 1 else { return }
    expectGradient(result[1], at: x, seed: 2) { x in dot(Oracle.softmax(x, width: width), dy) }
  }

  @Test(
    "RMS norm's rows are scaled to mean square 1, and its gradients are its slopes",
    arguments: [(1, 3), (3, 7), (130, 16), (257, 33), (40, 768)])
  func rmsNorm(rows: Int, width: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(rows))
    let (x, dy) = (random.values(rows * width), random.values(rows * width))
    let gamma = random.values(width)
    let result = try Engines.agree { engine in
      var (y, stats) = (x, unwritten(rows))
      y.inPlace {
        engine.rmsNormForward(
          x: $0, gamma: gamma, epsilon: 1e-5, into: $0, stats: &stats, rows: rows, width: width)
      }
      var (dx, dGamma) = (dy, unwritten(width))
      withWorkspace(Workspace.rmsNormBackward(rows: rows, width: width)) { workspace in
        dx.inPlace {
          engine.rmsNormBackward(
            dy: $0, x: x, gamma: gamma, stats: stats, into: $0, accumulateInput: false,
            gammaGradient: &dGamma, accumulateParameters: false, rows: rows, width: width,
            workspace: workspace)
        }
      }
      return [y, dx, dGamma]
    }
    func oracle(_ x: [Double], _ gamma: [Double]) -> [Double] {
      Oracle.rmsNorm(x, gamma: gamma, epsilon: 1e-5, rows: rows, width: width)
    }
    let (wide, wideGamma) = (x.map(Double.init), gamma.map(Double.init))
    expectClose(result[0], oracle(wide, wideGamma), tolerance: 2e-6)
    expectGradient(result[1], at: x, seed: 1) { dot(oracle($0, wideGamma), dy) }
    expectGradient(result[2], at: gamma, seed: 2) { dot(oracle(wide, $0), dy) }
  }
}
