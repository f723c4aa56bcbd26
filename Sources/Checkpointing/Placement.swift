/// Offsets for storages in one arena such that storages alive at the same time never overlap.
struct Placement: Sendable {
  /// The offset of each storage in bytes, aligned to 64.
  private(set) var offsets: [Int]
  /// The arena's size in bytes.
  private(set) var byteCount: Int

  static let alignment = 64

  /// Tries several orders of best fit and keeps the smallest arena.
  ///
  /// Placing the largest first, each in the tightest gap left by those that share time with it, is
  /// `Greedy by Size` of Pisarchyk & Lee 2020 (section 5.2); the other orders win on some graphs.
  init(_ storages: [Storage]) {
    let indices = Array(storages.indices)
    let orders = [
      indices.sorted { Self.bySize(storages, $0, $1) },
      indices.sorted { Self.byArea(storages, $0, $1) },
      indices.sorted { Self.byStart(storages, $0, $1) },
    ]
    var best = Placement(storages, order: orders[0])
    for order in orders.dropFirst() {
      let candidate = Placement(storages, order: order)
      if candidate.byteCount < best.byteCount { best = candidate }
    }
    self = best
  }

  private init(_ storages: [Storage], order: [Int]) {
    offsets = Array(repeating: 0, count: storages.count)
    byteCount = 0
    // Placed storages in the order of their offsets.
    var placed: [Int] = []
    for index in order {
      let offset = lowestFit(for: storages[index], among: placed, storages)
      offsets[index] = offset
      byteCount = max(byteCount, offset + Self.aligned(storages[index].byteCount))
      let position = placed.partitioningIndex { offsets[$0] > offset }
      placed.insert(index, at: position)
    }
  }

  /// The tightest gap between the storages that share time with one, else the end.
  private func lowestFit(for storage: Storage, among placed: [Int], _ storages: [Storage]) -> Int {
    let size = Self.aligned(storage.byteCount)
    var end = 0
    var best: (offset: Int, gap: Int)?
    for other in placed where storages[other].lifetime.overlaps(storage.lifetime) {
      let gap = offsets[other] - end
      if gap >= size, gap < best?.gap ?? .max { best = (end, gap) }
      end = max(end, offsets[other] + Self.aligned(storages[other].byteCount))
    }
    return best?.offset ?? end
  }

  static func aligned(_ byteCount: Int) -> Int {
    (byteCount + alignment - 1) / alignment * alignment
  }

  private static func bySize(_ storages: [Storage], _ left: Int, _ right: Int) -> Bool {
    let (a, b) = (storages[left], storages[right])
    return (-a.byteCount, a.lifetime.lowerBound, left)
      < (-b.byteCount, b.lifetime.lowerBound, right)
  }

  private static func byArea(_ storages: [Storage], _ left: Int, _ right: Int) -> Bool {
    let (a, b) = (storages[left], storages[right])
    return (-a.lifetime.count, -a.byteCount, left) < (-b.lifetime.count, -b.byteCount, right)
  }

  private static func byStart(_ storages: [Storage], _ left: Int, _ right: Int) -> Bool {
    let (a, b) = (storages[left], storages[right])
    return (a.lifetime.lowerBound, -a.lifetime.upperBound, left)
      < (b.lifetime.lowerBound, -b.lifetime.upperBound, right)
  }
}

extension Array {
  /// The first position whose element belongs to the second part, by bisection.
  func partitioningIndex(where belongsToSecondPart: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if belongsToSecondPart(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
