/// The blocks of an arena that have a place already, and the search for gaps between them; sizes and
/// offsets are in multiples of the alignment.
struct PlacedBlocks {
  /// All blocks in the order of their offsets.
  private var all: [Block] = []
  /// For each span of the step the blocks that live in it, in the order of their offsets: a block that
  /// lives within one span, as most do, meets no others.
  private var spans: [[Block]]
  /// Positions of a span.
  private let width: Int

  /// Only numbers, as the search looks at all of them again and again.
  private struct Block {
    var offset: Int
    var end: Int
    let first: Int32
    let last: Int32
  }

  /// - Parameters:
  ///   - end: the last position of the step.
  ///   - count: how many blocks there will be.
  init(end: Int, count: Int) {
    // Each block is noted in all of its spans: more of them than this cost more than they save.
    let spanCount = count > 1024 ? 32 : 1
    width = end / spanCount + 1
    spans = Array(repeating: [], count: spanCount == 1 ? 0 : spanCount)
    all.reserveCapacity(count)
  }

  /// Gives a block the tightest gap between those that share time with it, else their end.
  mutating func add(_ size: Int, _ lifetime: ClosedRange<Int>) -> Range<Int> {
    let (first, last) = (lifetime.lowerBound / width, lifetime.upperBound / width)
    var block = Block(
      offset: 0, end: size, first: Int32(lifetime.lowerBound), last: Int32(lifetime.upperBound))
    let others = first == last && !spans.isEmpty ? spans[first] : all
    block.offset = Self.tightestFit(for: block, among: others)
    block.end = block.offset + size
    Self.insert(block, into: &all)
    if !spans.isEmpty {
      for span in first...last { Self.insert(block, into: &spans[span]) }
    }
    return block.offset..<block.end
  }

  /// - Parameter placed: in the order of their offsets.
  private static func tightestFit(for block: Block, among placed: [Block]) -> Int {
    let size = block.end
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

  private static func insert(_ block: Block, into blocks: inout [Block]) {
    blocks.insert(block, at: blocks.partitioningIndex { $0.offset > block.offset })
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
