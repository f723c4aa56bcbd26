import ModelGraph

/// A node of the tree that a policy makes of a graph's forward operations.
enum SegmentNode: Sendable {
  /// An operation whose results the surrounding segment holds while it is differentiated.
  case operation(Int)
  /// Operations that run once in the forward pass and again in the backward pass.
  case segment(Segment)
}

/// A range of forward operations whose inner values are dropped after the forward pass, but for some,
/// and computed again when the backward pass reaches them.
struct Segment: Sendable {
  /// The forward operations.
  var operations: Range<Int>
  /// The operations and segments inside, in order.
  var nodes: [SegmentNode]
  /// Values made inside that are held for the backward pass.
  var kept: Set<TensorID>
  /// Values made inside that are neither held nor read by later operations.
  var dropped: [TensorID]

  /// Whether a value made inside is there when the forward pass has left the segment.
  func holds(_ tensor: TensorID, _ facts: ForwardFacts) -> Bool {
    kept.contains(tensor) || facts.leaves(tensor, operations)
  }
}
