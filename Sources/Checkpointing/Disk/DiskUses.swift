import ModelGraph

/// The steps that make or read a value, as far as its way to the disk depends on them.
struct DiskUses {
  /// Whether the value is made by an operation that runs again.
  private var isRepeated = false
  /// The steps that the value waits between, if it does.
  private(set) var gap: (last: Int, next: Int)?
  private var last: Int?
  private var seconds = 0.0

  /// Notes a step that makes or reads the value.
  ///
  /// A value of the forward pass waits for the backward pass; one that is made again, for the longest
  /// time between two steps.
  mutating func note(
    _ position: Int, _ phase: ScheduledOperation.Phase, firstBackward: Int, starts: [Double]
  ) {
    defer { last = position }
    guard let last else {
      isRepeated = phase == .recompute
      return
    }
    if isRepeated {
      let waited = starts[position] - starts[min(last + 1, position)]
      guard waited > seconds else { return }
      (gap, seconds) = ((last, position), waited)
    } else if last < firstBackward, position >= firstBackward {
      gap = (last, position)
    }
  }
}
