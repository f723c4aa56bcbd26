/// The softmax between attention's products, one tile of scores at a time.
///
/// Online softmax: Milakov & Gimelshein 2018; tiles: Dao et al. 2022 (FlashAttention), with the
/// backward pass of its algorithm 4. Scratch rows need room for `stride` floats.
public protocol AttentionKernels: Sendable {
  /// Turns raw scores into weights relative to the running maximum, and rescales what came before.
  ///
  /// Per row: m' = max(m, scale·s), w = exp(scale·s − m') with dropout applied, and sum and output
  /// are multiplied by exp(m − m') before the tile's weights are added to the sum.
  /// - Parameters:
  ///   - scores: [rows, stride]: in, q·k; out, the weights, 0 for keys that a query doesn't see.
  ///   - output: [rows, outputStride] with `headSize` columns; not read in a `first` tile.
  ///   - first: whether no tile came before, so that maxima, sums and output hold nothing yet.
  func attentionWeights(
    _ tile: AttentionTile, scores: MutableFloats, maxima: MutableFloats, sums: MutableFloats,
    output: MutableFloats, outputStride: Int, headSize: Int, first: Bool)

  /// Divides the output by the sums and writes the log-sum-exp of each row.
  ///
  /// A row that saw no key gets zeros and a log-sum-exp of ∞, which makes its weights 0 again.
  func attentionFinish(
    rows: Int, maxima: Floats, sums: Floats, output: MutableFloats, outputStride: Int,
    headSize: Int, logSumExp: MutableFloats)

  /// deltas[row] = Σ dOut·out over the head's columns.
  func attentionDeltas(
    rows: Int, outputGradient: Floats, output: Floats, stride: Int, headSize: Int,
    into deltas: MutableFloats)

  /// Turns raw scores into the weights that multiplied v, and their gradients into those of q·k.
  ///
  /// P = exp(scale·s − logSumExp), m = the dropout factor; weights = P·m and
  /// gradients = scale·P·(m·gradients − delta); both 0 for keys that a query doesn't see.
  func attentionGradients(
    _ tile: AttentionTile, scores: MutableFloats, gradients: MutableFloats, logSumExp: Floats,
    deltas: Floats)
}
