/// Offsets for demands in one arena such that those alive at the same time never overlap.
struct Placement: Sendable {
  /// The offset of each demand in bytes, aligned to 64.
  private(set) var offsets: [Int]
  /// The arena's size in bytes.
  private(set) var byteCount: Int

  /// Bytes that are needed for a time.
  struct Demand: Hashable, Sendable {
    /// The size.
    var byteCount: Int
    /// The positions of the schedule from the first write to the last use.
    var lifetime: ClosedRange<Int>
  }

  static let alignment = 64
  /// From here on the time to place them counts.
  static let manyDemands = 4096

  /// Tries several orders of best fit and keeps the smallest arena.
  ///
  /// Placing the largest first, each in the tightest gap left by those that share time with it, is
  /// `Greedy by Size` of Pisarchyk & Lee 2020 (section 5.2); the other orders win on some graphs. By
  /// start comes first: it takes next to no time, and the others end as soon as they can't be better. Of
  /// very many demands the last order is left out where next to nothing is wasted.
  init(_ demands: [Demand]) {
    let least = Self.mostLiveBytes(of: demands)
    let enough = demands.count > Self.manyDemands ? least + least / 1024 : least
    self.init(inTimeOf: demands)
    if byteCount > least { improve(demands, by: Self.size) }
    if byteCount > enough { improve(demands, by: Self.duration) }
  }

  private mutating func improve(_ demands: [Demand], by keys: (Demand) -> (Int, Int)) {
    let order = Self.order(demands, by: keys)
    self = Placement(demands, order: order, below: byteCount) ?? self
  }

  private init(offsets: [Int], byteCount: Int) {
    (self.offsets, self.byteCount) = (offsets, byteCount)
  }

  /// Places in the order in which the demands begin, the longest of several first: what is there then
  /// is all that a demand meets, so that the gaps are those of one moment.
  private init(inTimeOf demands: [Demand]) {
    self.init(offsets: Array(repeating: 0, count: demands.count), byteCount: 0)
    let ends = Self.order(demands) { ($0.lifetime.upperBound, 0) }
    var ended = 0
    var gaps = FreeGaps()
    for index in Self.order(demands, by: { ($0.lifetime.lowerBound, -$0.lifetime.upperBound) }) {
      while demands[ends[ended]].lifetime.upperBound < demands[index].lifetime.lowerBound {
        let start = offsets[ends[ended]] / Self.alignment
        gaps.give(start..<start + Self.units(demands[ends[ended]].byteCount))
        ended += 1
      }
      note(gaps.take(Self.units(demands[index].byteCount)), of: index)
    }
  }

  /// Places in an order; nil as soon as the arena is not smaller than `limit`.
  private init?(_ demands: [Demand], order: [Int], below limit: Int) {
    self.init(offsets: Array(repeating: 0, count: demands.count), byteCount: 0)
    var placed = PlacedBlocks(
      end: demands.map(\.lifetime.upperBound).max() ?? 0, count: demands.count)
    for index in order {
      let size = Self.units(demands[index].byteCount)
      note(placed.add(size, demands[index].lifetime), of: index)
      guard byteCount < limit else { return nil }
    }
  }

  private mutating func note(_ block: Range<Int>, of index: Int) {
    offsets[index] = block.lowerBound * Self.alignment
    byteCount = max(byteCount, block.upperBound * Self.alignment)
  }

  /// A size in multiples of the alignment.
  private static func units(_ byteCount: Int) -> Int { (byteCount + alignment - 1) / alignment }

  /// The most bytes that are alive at once: no arena is smaller.
  private static func mostLiveBytes(of demands: [Demand]) -> Int {
    var changes = Array(
      repeating: 0, count: (demands.map(\.lifetime.upperBound).max() ?? 0) + 2)
    for demand in demands {
      changes[demand.lifetime.lowerBound] += aligned(demand.byteCount)
      changes[demand.lifetime.upperBound + 1] -= aligned(demand.byteCount)
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

  // MARK: - Orders

  private static func size(_ demand: Demand) -> (Int, Int) {
    (-demand.byteCount, demand.lifetime.lowerBound)
  }

  private static func duration(_ demand: Demand) -> (Int, Int) {
    (-demand.lifetime.count, -demand.byteCount)
  }

  /// The demands by two numbers each, the smaller first; of equal ones the first.
  private static func order(_ demands: [Demand], by keys: (Demand) -> (Int, Int)) -> [Int] {
    demands.indices.map { (keys(demands[$0]), $0) }
      .sorted { ($0.0.0, $0.0.1, $0.1) < ($1.0.0, $1.0.1, $1.1) }.map(\.1)
  }
}
