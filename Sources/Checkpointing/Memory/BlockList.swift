/// Blocks of an arena in the order of their offsets, in chunks that a search may pass as a whole.
struct BlockList {
  private var chunks: [Chunk] = []

  /// Blocks of a chunk before it is cut in two: few enough to move, enough to be worth passing.
  private static let mostBlocks = 32

  /// Only numbers, as the search looks at all of them again and again.
  struct Block {
    var offset: Int
    var end: Int
    let first: Int32
    let last: Int32

    func sharesTime(with other: Block) -> Bool { first <= other.last && other.first <= last }
  }

  /// Neighbours, and what is true of all of them.
  private struct Chunk {
    private(set) var blocks: [Block]
    /// The end of the block that ends last.
    private(set) var end = 0
    /// The widest gap between them, if they were alone.
    private(set) var widestGap = Int.min
    /// The first position at which one of them lives, and the first at which all have begun.
    private var begin = (one: Int32.max, all: Int32.min)
    /// The last position at which all of them live yet, and at which one does.
    private var finish = (all: Int32.max, one: Int32.min)

    init(_ blocks: [Block]) {
      self.blocks = blocks
      blocks.forEach { note($0) }
      noteGaps()
    }

    mutating func insert(_ block: Block) {
      blocks.insert(block, at: blocks.partitioningIndex { $0.offset > block.offset })
      note(block)
      noteGaps()
    }

    private mutating func note(_ block: Block) {
      end = max(end, block.end)
      begin = (min(begin.one, block.first), max(begin.all, block.first))
      finish = (min(finish.all, block.last), max(finish.one, block.last))
    }

    private mutating func noteGaps() {
      var end = blocks[0].end
      widestGap = .min
      for block in blocks.dropFirst() {
        widestGap = max(widestGap, block.offset - end)
        end = max(end, block.end)
      }
    }

    /// Whether no block lives while the other does.
    func isApart(from block: Block) -> Bool { begin.one > block.last || finish.one < block.first }

    /// Whether every block lives at some time at which the other does.
    func sharesTime(with block: Block) -> Bool {
      begin.all <= block.last && finish.all >= block.first
    }
  }

  mutating func insert(_ block: Block) {
    guard !chunks.isEmpty else { return chunks.append(Chunk([block])) }
    let place = max(0, chunks.partitioningIndex { $0.blocks[0].offset > block.offset } - 1)
    chunks[place].insert(block)
    let blocks = chunks[place].blocks
    guard blocks.count > Self.mostBlocks else { return }
    chunks[place] = Chunk(Array(blocks[..<(blocks.count / 2)]))
    chunks.insert(Chunk(Array(blocks[(blocks.count / 2)...])), at: place + 1)
  }

  /// The offset of the tightest gap, between blocks that share time with one, that it fits into; else
  /// their end.
  ///
  /// - Parameter block: its offset 0, so that its end is its size.
  func tightestFit(for block: Block) -> Int {
    var gap = Gap(size: block.end)
    for chunk in chunks where !chunk.isApart(from: block) {
      // Blocks before the chunk only make its gaps narrower.
      if chunk.widestGap < block.end, chunk.sharesTime(with: block) {
        gap.pass(chunk.blocks[0].offset, end: chunk.end)
      } else {
        for other in chunk.blocks where other.sharesTime(with: block) {
          gap.pass(other.offset, end: other.end)
          if gap.isExact { break }
        }
      }
      if gap.isExact { break }
    }
    return gap.best ?? gap.end
  }

  /// The tightest gap so far.
  private struct Gap {
    let size: Int
    /// Where the blocks end that were passed.
    private(set) var end = 0
    private(set) var best: Int?
    private var tightest = Int.max

    init(size: Int) { self.size = size }

    /// No gap is tighter than one that fits exactly.
    var isExact: Bool { tightest == size }

    mutating func pass(_ offset: Int, end other: Int) {
      let gap = offset - end
      if gap >= size, gap < tightest { (best, tightest) = (end, gap) }
      end = max(end, other)
    }
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
