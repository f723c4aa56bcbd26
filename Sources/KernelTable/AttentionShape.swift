/// The sizes of multi-head self-attention; the width is heads × headSize.
///
/// With fewer key heads than heads, groups of neighbouring heads share a key and a value head
/// (Ainslie et al. 2023, grouped-query attention).
public struct AttentionShape: Hashable, Sendable {
  /// Sequences.
  public var batch: Int
  /// Positions of a sequence.
  public var time: Int
  /// Heads.
  public var heads: Int
  /// Heads of keys and values; divides the heads.
  public var keyHeads: Int
  /// Features of a head.
  public var headSize: Int
  /// Whether a position sees only itself and earlier ones.
  public var causal: Bool

  /// Creates a shape.
  public init(
    batch: Int, time: Int, heads: Int, keyHeads: Int? = nil, headSize: Int, causal: Bool
  ) {
    let keyHeads = keyHeads ?? heads
    precondition(
      batch > 0 && time > 0 && heads > 0 && headSize > 0 && keyHeads > 0,
      "attention needs positive sizes")
    precondition(heads.isMultiple(of: keyHeads), "key heads divide the heads")
    self.batch = batch
    self.time = time
    self.heads = heads
    self.keyHeads = keyHeads
    self.headSize = headSize
    self.causal = causal
  }

  /// Features of a row: heads × headSize.
  public var width: Int { heads * headSize }

  /// Features of the keys or the values of a row: keyHeads × headSize.
  public var keyWidth: Int { keyHeads * headSize }

  /// Features of a row of q|k|v.
  public var packedWidth: Int { width + 2 * keyWidth }

  /// Heads that share a key head.
  public var group: Int { heads / keyHeads }

  /// What scores are multiplied by: 1/√headSize.
  public var scale: Float { 1 / Float(headSize).squareRoot() }
}
