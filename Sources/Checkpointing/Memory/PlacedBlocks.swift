/// The blocks of an arena that have a place already, and the search for gaps between them; sizes and
/// offsets are in multiples of the alignment.
struct PlacedBlocks {
  /// All blocks.
  private var all = BlockList()
  /// For each span of the step the blocks that live in it: a block that lives within one span, as most
  /// do, meets no others.
  private var spans: [BlockList]
  /// Positions of a span.
  private let width: Int

  /// - Parameters:
  ///   - end: the last position of the step.
  ///   - count: how many blocks there will be.
  init(end: Int, count: Int) {
    // Each block is noted in all of its spans: more of them than this cost more than they save.
    let spanCount = count > 1024 ? 32 : 1
    width = end / spanCount + 1
    spans = Array(repeating: BlockList(), count: spanCount == 1 ? 0 : spanCount)
  }

  /// Gives a block the tightest gap between those that share time with it, else their end.
  mutating func add(_ size: Int, _ lifetime: ClosedRange<Int>) -> Range<Int> {
    let (first, last) = (lifetime.lowerBound / width, lifetime.upperBound / width)
    var block = BlockList.Block(
      offset: 0, end: size, first: Int32(lifetime.lowerBound), last: Int32(lifetime.upperBound))
    let isWithin = first == last && !spans.isEmpty
    block.offset = isWithin ? spans[first].tightestFit(for: block) : all.tightestFit(for: block)
    block.end = block.offset + size
    all.insert(block)
    if !spans.isEmpty {
      for span in first...last { spans[span].insert(block) }
    }
    return block.offset..<block.end
  }
}
