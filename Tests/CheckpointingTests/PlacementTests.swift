import ModelGraph
import TestSupport
import Testing

@testable import Checkpointing

@Suite("Placement")
struct PlacementTests {
  private func storages(seed: Int, count: Int) -> [Storage] {
    var random = RepeatableGenerator(seed: seed)
    return (0..<count).map { index in
      let start = Int.random(in: 0..<count, using: &random)
      let length = random.pick([0, 1, 2, 5, count / 2])
      let size = random.pick([1, 4, 64, 100, 1000, 4096, 10_000])
      return Storage(
        byteCount: size, lifetime: start...start + length, role: .activation, name: "s\(index)",
        layer: "")
    }
  }

  private func mostLive(_ storages: [Storage]) -> Int {
    let last = storages.map(\.lifetime.upperBound).max() ?? 0
    return (0...last).map { position in
      storages.filter { $0.lifetime.contains(position) }
        .reduce(0) { $0 + Placement.aligned($1.byteCount) }
    }.max() ?? 0
  }

  @Test("Storages that share time share no bytes, and all lie within the arena", arguments: 0..<60)
  func disjoint(seed: Int) {
    let storages = storages(seed: seed, count: 5 + 2 * seed)
    let placement = Placement(storages)
    for left in storages.indices {
      let bytes = placement.offsets[left]..<placement.offsets[left] + storages[left].byteCount
      #expect(bytes.lowerBound % 64 == 0 && bytes.upperBound <= placement.byteCount)
      for right in storages.indices[..<left]
      where storages[right].lifetime.overlaps(storages[left].lifetime) {
        let other = placement.offsets[right]..<placement.offsets[right] + storages[right].byteCount
        #expect(!bytes.overlaps(other), "\(left) and \(right)")
      }
    }
  }

  @Test(
    "An arena is never smaller than what is alive at once, and at most a fifth larger",
    arguments: 0..<60)
  func tight(seed: Int) {
    let storages = storages(seed: seed, count: 40)
    let (arena, live) = (Placement(storages).byteCount, mostLive(storages))
    #expect(arena >= live)
    #expect(Double(arena) <= 1.2 * Double(live), "\(arena) for \(live)")
  }

  @Test("Nothing needs no arena")
  func empty() { #expect(Placement([]).byteCount == 0) }

  @Test("Storages that follow one another share their bytes")
  func reuse() {
    let chain = (0..<10).map { index in
      Storage(
        byteCount: 640, lifetime: 2 * index...2 * index + 1, role: .activation, name: "", layer: "")
    }
    #expect(Placement(chain).byteCount == 640)
  }
}
