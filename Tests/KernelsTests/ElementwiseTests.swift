import TestSupport
import Testing

@testable import Kernels

@Suite("Elementwise kernels")
struct ElementwiseTests {
  static let sizes = [1, 15, 16, 17, 1000, 40_003]

  @Test("Sums, products, copies and fills do what they say at every size", arguments: sizes)
  func sums(count: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(count))
    let (a, b) = (random.values(count), random.values(count))
    let result = try Engines.agree { engine in
      var (sum, total, filled) = (unwritten(count), a, unwritten(count))
      var product = unwritten(count)
      engine.multiply(a, b, into: &product, count: count)
      engine.add(a, b, into: &sum, count: count)
      engine.accumulate(b, into: &total, count: count)
      engine.fill(&filled, with: 3, count: count)
      var copied = unwritten(count)
      engine.copy(a, into: &copied, count: count)
      return [sum, total, filled, copied, product]
    }
    #expect(result[0] == zip(a, b).map(+))
    #expect(result[1] == result[0])
    #expect(result[2].allSatisfy { $0 == 3 })
    #expect(result[3] == a)
    #expect(result[4] == zip(a, b).map(*))
  }
}
