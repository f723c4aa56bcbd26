import ModelGraph

/// A range of forward operations that a policy turns into a segment, and what it holds.
struct SegmentRange: Hashable, Sendable {
  /// The forward operations.
  var operations: Range<Int>
  /// Values made inside that are held for the backward pass; empty for a plain segment.
  var kept: Set<TensorID> = []
}
