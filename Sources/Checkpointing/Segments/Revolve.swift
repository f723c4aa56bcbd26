/// Binomial checkpointing of a chain of l steps of which the inputs of at most s are held at a time.
///
/// Griewank & Walther 2000, algorithm 799; the input of the first step takes one of the slots.
struct Revolve {
  /// s.
  let slots: Int

  /// The least number of steps that are computed again: t(l, s) = r·l − β(s + 1, r − 1) with
  /// β(s, r) = C(s + r, s), for the smallest r with β(s, r) ≥ l.
  func repeatedSteps(_ count: Int) -> Int {
    guard count > 1 else { return 0 }
    var (repeats, reach, saved) = (0, 1, 0)
    while reach < count {
      // β(s + 1, r) is the sum of β(s, 0) … β(s, r).
      saved += reach
      repeats += 1
      reach = reach * (slots + repeats) / repeats
    }
    return repeats * count - saved
  }

  /// The segments for steps that follow one another, each a range of operations.
  func ranges(of steps: [Range<Int>]) -> [SegmentRange] {
    var ranges: [SegmentRange] = []
    var splits = Splits()
    split(steps[...], slots: slots, &splits, into: &ranges)
    return ranges
  }

  /// Advances to a split, holds what is there, and treats the right part with one slot less; then
  /// the left one, whose forward pass is a segment.
  private func split(
    _ steps: ArraySlice<Range<Int>>, slots: Int, _ splits: inout Splits,
    into ranges: inout [SegmentRange]
  ) {
    guard let first = steps.first, steps.count > 1 else { return }
    let left = splits.leftSteps(of: steps.count, slots: slots)
    let part = steps.prefix(left)
    guard let last = part.last else { return }
    ranges.append(SegmentRange(operations: first.lowerBound..<last.upperBound))
    split(part, slots: slots, &splits, into: &ranges)
    split(steps.dropFirst(left), slots: slots - 1, &splits, into: &ranges)
  }

  /// Where chains are split: parts of a chain are alike, so each length is looked at once.
  private struct Splits {
    private struct Part: Hashable {
      var count: Int
      var slots: Int
    }

    private var known: [Part: Int] = [:]
    /// For each number of slots the repeated steps of each number of steps.
    private var repeated: [Int: [Int]] = [:]

    /// The j that makes j + t(l − j, s − 1) + t(j, s) least; with one slot all steps but the last.
    mutating func leftSteps(of count: Int, slots: Int) -> Int {
      guard slots > 1 else { return count - 1 }
      let part = Part(count: count, slots: slots)
      if let split = known[part] { return split }
      let (right, left) = (steps(below: count, slots - 1), steps(below: count, slots))
      var (best, least) = (1, Int.max)
      for split in 1..<count {
        let cost = split + right[count - split] + left[split]
        if cost < least { (best, least) = (split, cost) }
      }
      known[part] = best
      return best
    }

    private mutating func steps(below count: Int, _ slots: Int) -> [Int] {
      if let known = repeated[slots], known.count >= count { return known }
      let steps = (0..<count).map(Revolve(slots: slots).repeatedSteps)
      repeated[slots] = steps
      return steps
    }
  }
}
