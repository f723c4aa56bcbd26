import ModelGraph

/// A part of a chain: operations that one value enters and one leaves.
struct Stage: Sendable {
  /// The forward operations.
  var operations: Range<Int>
  /// Bytes of the value that leaves.
  var outputBytes: Int
  /// The value that leaves; nil where it may not wait on disk.
  var output: TensorID?
  /// Seconds of the way of that value to the disk and back.
  var outputDiskSeconds = 0.0
  /// Seconds of the forward pass.
  var forwardSeconds: Double
  /// Bytes that its forward operations need at once, at most.
  var forwardBytes: Int
  /// Bytes of gradients and scratch space that its backward operations need at once, at most, besides
  /// what was held or computed again.
  var backwardBytes: Int
  /// Bytes of the parameter gradients that exist while it is differentiated: its own and those of all
  /// later stages.
  var gradientBytes: Int
  /// Bytes of those of later stages alone, which exist while it is computed again.
  var laterGradientBytes: Int
  /// What it may hold, from everything to as little as is any use.
  var options: [SaveOption]
}
