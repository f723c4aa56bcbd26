import Glibc
import KernelTable
import TestSupport
import Testing

@testable import Kernels

@Suite("Elementwise kernels")
struct ElementwiseTests {
  static let sizes = [1, 15, 16, 17, 1000, 40_003]

  @Test("Sums, copies and fills do what they say at every size", arguments: sizes)
  func sums(count: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(count))
    let (a, b) = (random.values(count), random.values(count))
    let result = try Engines.agree { engine in
      var (sum, total, filled) = (unwritten(count), a, unwritten(count))
      engine.add(a, b, into: &sum, count: count)
      engine.accumulate(b, into: &total, count: count)
      engine.fill(&filled, with: 3, count: count)
      var copied = unwritten(count)
      engine.copy(a, into: &copied, count: count)
      return [sum, total, filled, copied]
    }
    #expect(result[0] == zip(a, b).map(+))
    #expect(result[1] == result[0])
    #expect(result[2].allSatisfy { $0 == 3 })
    #expect(result[3] == a)
  }

  @Test("Both forms of GELU follow their formulas", arguments: sizes)
  func gelu(count: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(count))
    let x = random.values(count, scale: 4)
    for (kind, oracle) in Self.forms {
      let y = try Engines.agree { engine in
        var output = unwritten(count)
        engine.geluForward(kind, x, into: &output, count: count)
        return [output]
      }[0]
      expectClose(y, x.map { oracle(Double($0)) }, tolerance: 2e-7)
    }
  }

  @Test("GELU's gradients are its slopes, also when written over dy", arguments: [1, 15, 333])
  func geluBackward(count: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(count))
    let (x, dy) = (random.values(count, scale: 3), random.values(count))
    for (kind, oracle) in Self.forms {
      let dx = try Engines.agree { engine in
        var gradient = dy
        gradient.inPlace { engine.geluBackward(kind, dy: $0, x: x, into: $0, count: count) }
        return [gradient]
      }[0]
      expectGradient(dx, at: x, seed: UInt64(count)) { x in dot(x.map(oracle), dy) }
    }
  }

  @Test("GELU is x at one end, 0 at the other, and NaN stays NaN")
  func geluLimits() throws {
    let x: [Float] = [60, 1e4, -60, -1e4, 0, .nan]
    for kind in [GELUKind.tanh, .exact] {
      let y = try Engines.agree { engine in
        var output = unwritten(6)
        engine.geluForward(kind, x, into: &output, count: 6)
        return [output]
      }[0]
      #expect(y[0] == 60 && y[1] == 1e4 && y[4] == 0 && y[5].isNaN)
      #expect(abs(y[2]) < 1e-30 && abs(y[3]) < 1e-30)
    }
  }

  @Test("ReLU passes positive values and their gradients, in place too")
  func relu() throws {
    let (x, dy): ([Float], [Float]) = ([-1, 0, 2, -0.0, .nan, 5], [1, 2, 3, 4, 5, 6])
    let result = try Engines.agree { engine in
      var (y, dx) = (x, dy)
      y.inPlace { engine.reluForward($0, into: $0, count: 6) }
      dx.inPlace { engine.reluBackward(dy: $0, y: y, into: $0, count: 6) }
      return [y, dx]
    }
    #expect(result[0][..<4] == [0, 0, 2, 0] && result[0][4].isNaN && result[0][5] == 5)
    #expect(result[1] == [0, 0, 3, 0, 0, 6])
  }

  private static let forms: [(GELUKind, @Sendable (Double) -> Double)] = [
    (.tanh, { x in 0.5 * x * (1 + tanh(0.797_884_560_802_865_4 * (x + 0.044_715 * x * x * x))) }),
    (.exact, { x in 0.5 * x * (1 + erf(x / 2.0.squareRoot())) }),
  ]
}
