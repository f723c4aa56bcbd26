/// The free ranges of an arena at one moment; sizes and offsets are in multiples of the alignment.
struct FreeGaps {
  /// The gaps below the end, in order; no two touch one another or the end.
  private var gaps: [Range<Int>] = []
  /// Where the last block ends.
  private var end = 0

  /// Takes the begin of the tightest gap that a size fits into, else the arena's end.
  mutating func take(_ size: Int) -> Range<Int> {
    var tightest: Int?
    for index in gaps.indices
    where gaps[index].count >= size && gaps[index].count < tightest.map({ gaps[$0].count }) ?? .max
    {
      tightest = index
    }
    guard let tightest else {
      end += size
      return end - size..<end
    }
    let start = gaps[tightest].lowerBound
    if gaps[tightest].count == size {
      gaps.remove(at: tightest)
    } else {
      gaps[tightest] = start + size..<gaps[tightest].upperBound
    }
    return start..<start + size
  }

  /// Gives a block's range back.
  mutating func give(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    var range = range
    var place = gaps.partitioningIndex { $0.lowerBound > range.lowerBound }
    if place < gaps.count, gaps[place].lowerBound == range.upperBound {
      range = range.lowerBound..<gaps.remove(at: place).upperBound
    }
    if place > 0, gaps[place - 1].upperBound == range.lowerBound {
      place -= 1
      range = gaps.remove(at: place).lowerBound..<range.upperBound
    }
    if range.upperBound == end {
      end = range.lowerBound
    } else {
      gaps.insert(range, at: place)
    }
  }
}
