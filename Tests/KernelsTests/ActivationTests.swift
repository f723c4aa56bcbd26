import Glibc
import KernelTable
import TestSupport
import Testing

@testable import Kernels

@Suite("Activations")
struct ActivationTests {
  @Test(
    "Activations follow their formulas at every size", arguments: ActivationFunction.allCases,
    ElementwiseTests.sizes)
  func forward(function: ActivationFunction, count: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(count))
    let x = random.values(count, scale: 4)
    let y = try values(function, x)
    expectClose(y, x.map { function.oracle(Double($0)) }, tolerance: 2e-7)
  }

  @Test(
    "Their gradients are their slopes, also when written over dy",
    arguments: ActivationFunction.allCases.filter { $0 != .relu }, [1, 15, 333])
  func backward(function: ActivationFunction, count: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(count))
    let (x, dy) = (random.values(count, scale: 3), random.values(count))
    let dx = try Engines.agree { engine in
      var (y, gradient) = (unwritten(count), dy)
      engine.activationForward(function, x, into: &y, count: count)
      let needed = function.differentiatesOutput ? y : x
      gradient.inPlace {
        engine.activationBackward(function, dy: $0, needed: needed, into: $0, count: count)
      }
      return [gradient]
    }[0]
    expectGradient(dx, at: x, seed: UInt64(count)) { x in dot(x.map(function.oracle), dy) }
  }

  @Test("tanh keeps the digits of values near 0")
  func smallTanh() throws {
    let x: [Float] = [1e-6, -1e-4, 1e-2, 0.3, 0.624, 0.626, -20, 100, 0]
    for (found, x) in zip(try values(.tanh, x), x) {
      #expect(abs(Double(found) - tanh(Double(x))) <= 2.5e-7 * abs(tanh(Double(x))))
    }
  }

  @Test(
    "GELU is x at one end, 0 at the other, and NaN stays NaN",
    arguments: [ActivationFunction.geluTanh, .geluExact])
  func geluLimits(function: ActivationFunction) throws {
    let y = try values(function, [60, 1e4, -60, -1e4, 0, .nan])
    #expect(y[0] == 60 && y[1] == 1e4 && y[4] == 0 && y[5].isNaN)
    #expect(abs(y[2]) < 1e-30 && abs(y[3]) < 1e-30)
  }

  @Test("ReLU passes positive values and their gradients, in place too")
  func relu() throws {
    let (x, dy): ([Float], [Float]) = ([-1, 0, 2, -0.0, .nan, 5], [1, 2, 3, 4, 5, 6])
    let result = try Engines.agree { engine in
      var (y, dx) = (x, dy)
      y.inPlace { engine.activationForward(.relu, $0, into: $0, count: 6) }
      dx.inPlace { engine.activationBackward(.relu, dy: $0, needed: y, into: $0, count: 6) }
      return [y, dx]
    }
    #expect(result[0][..<4] == [0, 0, 2, 0] && result[0][4].isNaN && result[0][5] == 5)
    #expect(result[1] == [0, 0, 3, 0, 0, 6])
  }

  private func values(_ function: ActivationFunction, _ x: [Float]) throws -> [Float] {
    try Engines.agree { engine in
      var y = unwritten(x.count)
      engine.activationForward(function, x, into: &y, count: x.count)
      return [y]
    }[0]
  }
}

extension ActivationFunction {
  /// The function in double precision.
  fileprivate func oracle(_ x: Double) -> Double {
    switch self {
    case .geluTanh:
      0.5 * x * (1 + Glibc.tanh(0.797_884_560_802_865_4 * (x + 0.044_715 * x * x * x)))
    case .geluExact: 0.5 * x * (1 + erf(x / 2.0.squareRoot()))
    case .relu: max(x, 0)
    case .silu: x / (1 + exp(-x))
    case .tanh: Glibc.tanh(x)
    case .sigmoid: 1 / (1 + exp(-x))
    }
  }
}
