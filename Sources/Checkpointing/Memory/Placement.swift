/// Offsets for storages in one arena such that storages alive at the same time never overlap.
struct Placement: Sendable {
  /// The offset of each storage in bytes, aligned to 64.
  private(set) var offsets: [Int]
  /// The arena's size in bytes.
  private(set) var byteCount: Int

  static let alignment = 64
  /// From here on the time to place them counts.
  static let manyStorages = 4096

  /// Tries several orders of best fit and keeps the smallest arena.
  ///
  /// Placing the largest first, each in the tightest gap left by those that share time with it, is
  /// `Greedy by Size` of Pisarchyk & Lee 2020 (section 5.2); the other orders win on some graphs. Of
  /// very many storages an order that wastes next to nothing is good enough.
  init(_ storages: [Storage]) {
    let least = Self.mostLiveBytes(of: storages)
    let enough = storages.count > Self.manyStorages ? least + least / 1024 : least
    var best: Placement?
    for precedes in [Self.bySize, Self.byArea, Self.byStart] {
      let order = storages.indices.sorted { precedes(storages, $0, $1) }
      best = Placement(storages, order: order, below: best?.byteCount ?? .max) ?? best
      if let best, best.byteCount <= enough { break }
    }
    self = best ?? Placement(offsets: [], byteCount: 0)
  }

  private init(offsets: [Int], byteCount: Int) {
    (self.offsets, self.byteCount) = (offsets, byteCount)
  }

  /// Places in an order; nil as soon as the arena is not smaller than `limit`.
  private init?(_ storages: [Storage], order: [Int], below limit: Int) {
    self.init(offsets: Array(repeating: 0, count: storages.count), byteCount: 0)
    var placed = PlacedBlocks(
      end: storages.map(\.lifetime.upperBound).max() ?? 0, count: storages.count)
    for index in order {
      let lifetime = storages[index].lifetime
      let block = placed.add(Self.units(storages[index].byteCount), lifetime)
      offsets[index] = block.lowerBound * Self.alignment
      byteCount = max(byteCount, block.upperBound * Self.alignment)
      guard byteCount < limit else { return nil }
    }
  }

  /// A size in multiples of the alignment.
  private static func units(_ byteCount: Int) -> Int { (byteCount + alignment - 1) / alignment }

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
    units(byteCount) * alignment
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
