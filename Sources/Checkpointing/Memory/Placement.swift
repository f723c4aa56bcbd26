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
    let least = Self.mostLiveBytes(of: storages)
    var best: Placement?
    for precedes in [Self.bySize, Self.byArea, Self.byStart] {
      let order = storages.indices.sorted { precedes(storages, $0, $1) }
      best = Placement(storages, order: order, below: best?.byteCount ?? .max) ?? best
      if best?.byteCount == least { break }
    }
    self = best ?? Placement(offsets: [], byteCount: 0)
  }

  private init(offsets: [Int], byteCount: Int) {
    (self.offsets, self.byteCount) = (offsets, byteCount)
  }

  /// Places in an order; nil as soon as the arena is not smaller than `limit`.
  private init?(_ storages: [Storage], order: [Int], below limit: Int) {
    self.init(offsets: Array(repeating: 0, count: storages.count), byteCount: 0)
    var placed: [Block] = []
    placed.reserveCapacity(storages.count)
    for index in order {
      var block = Block(storages[index])
      block.move(to: Self.tightestFit(for: block, among: placed))
      offsets[index] = block.offset
      byteCount = max(byteCount, block.end)
      guard byteCount < limit else { return nil }
      placed.insert(block, at: placed.partitioningIndex { $0.offset > block.offset })
    }
  }

  /// A placed storage: only numbers, as the search for a gap looks at all of them again and again.
  private struct Block {
    var offset = 0
    var end: Int
    let first: Int32
    let last: Int32

    init(_ storage: Storage) {
      end = Placement.aligned(storage.byteCount)
      first = Int32(storage.lifetime.lowerBound)
      last = Int32(storage.lifetime.upperBound)
    }

    mutating func move(to offset: Int) {
      (self.offset, end) = (offset, offset + end - self.offset)
    }
  }

  /// The begin of the tightest gap between the blocks that share time with one, else their end.
  ///
  /// - Parameter placed: in the order of their offsets.
  private static func tightestFit(for block: Block, among placed: [Block]) -> Int {
    let size = block.end - block.offset
    var (end, best, tightest) = (0, -1, Int.max)
    for other in placed where other.first <= block.last && block.first <= other.last {
      let gap = other.offset - end
      if gap >= size, gap < tightest {
        (best, tightest) = (end, gap)
        // No gap is tighter than one that fits exactly.
        if gap == size { break }
      }
      end = max(end, other.end)
    }
    return best < 0 ? end : best
  }

  /// The most bytes that are alive at once: no arena is smaller.
  private static func mostLiveBytes(of storages: [Storage]) -> Int {
    var changes = Array(
      repeating: 0, count: (storages.map(\.lifetime.upperBound).max() ?? 0) + 2)
    for storage in storages {
      changes[storage.lifetime.lowerBound] += aligned(storage.byteCount)
      changes[storage.lifetime.upperBound + 1] -= aligned(storage.byteCount)
    }
    var (live, most) = (0, 0)
    for change in changes {
      live += change
      most = max(most, live)
    }
    return most
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
