/// The sizes of multi-head self-attention; the width is heads × headSize.
public struct AttentionShape: Hashable, Sendable {
  /// Sequences.
  public var batch: Int
  /// Positions of a sequence.
  public var time: Int
  /// Heads.
  public var heads: Int
  /// Features of a head.
  public var headSize: Int
  /// Whether a position sees only itself and earlier ones.
  public var causal: Bool

  /// Creates a shape.
  public init(batch: Int, time: Int, heads: Int, headSize: Int, causal: Bool) {
    precondition(
      batch > 0 && time > 0 && heads > 0 && headSize > 0, "attention needs positive sizes")
    self.batch = batch
    self.time = time
    self.heads = heads
    self.headSize = headSize
    self.causal = causal
  }

  /// Features of a row: heads × headSize.
  public var width: Int { heads * headSize }

  /// What scores are multiplied by: 1/√headSize.
  public var scale: Float { 1 / Float(headSize).squareRoot() }
}
