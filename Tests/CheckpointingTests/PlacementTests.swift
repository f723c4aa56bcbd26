import TestSupport
import Testing

@testable import Checkpointing

@Suite("Placement")
struct PlacementTests {
  private func demands(seed: Int, count: Int) -> [Placement.Demand] {
    var random = RepeatableGenerator(seed: seed)
    return (0..<count).map { _ in
      let start = Int.random(in: 0..<count, using: &random)
      let length = random.pick([0, 1, 2, 5, count / 2])
      let size = random.pick([1, 4, 64, 100, 1000, 4096, 10_000])
      return Placement.Demand(byteCount: size, lifetime: start...start + length)
    }
  }

  private func mostLive(_ demands: [Placement.Demand]) -> Int {
    let last = demands.map(\.lifetime.upperBound).max() ?? 0
    return (0...last).map { position in
      demands.filter { $0.lifetime.contains(position) }
        .reduce(0) { $0 + Placement.aligned($1.byteCount) }
    }.max() ?? 0
  }

  @Test("Demands that share time share no bytes, and all lie within the arena", arguments: 0..<60)
  func disjoint(seed: Int) {
    let demands = demands(seed: seed, count: 5 + 2 * seed)
    let placement = Placement(demands)
    for left in demands.indices {
      let bytes = placement.offsets[left]..<placement.offsets[left] + demands[left].byteCount
      #expect(bytes.lowerBound % 64 == 0 && bytes.upperBound <= placement.byteCount)
      for right in demands.indices[..<left]
      where demands[right].lifetime.overlaps(demands[left].lifetime) {
        let other = placement.offsets[right]..<placement.offsets[right] + demands[right].byteCount
        #expect(!bytes.overlaps(other), "\(left) and \(right)")
      }
    }
  }

  @Test(
    "An arena is never smaller than what is alive at once, and at most a fifth larger",
    arguments: 0..<60)
  func tight(seed: Int) {
    let demands = demands(seed: seed, count: 40)
    let (arena, live) = (Placement(demands).byteCount, mostLive(demands))
    #expect(arena >= live)
    #expect(Double(arena) <= 1.2 * Double(live), "\(arena) for \(live)")
  }

  @Test("Nothing needs no arena")
  func empty() { #expect(Placement([]).byteCount == 0) }

  @Test("Demands that follow one another share their bytes")
  func reuse() {
    let chain = (0..<10).map { index in
      Placement.Demand(byteCount: 640, lifetime: 2 * index...2 * index + 1)
    }
    #expect(Placement(chain).byteCount == 640)
  }
}
