/// The scratch bytes that each kernel needs from its caller, from shapes and the thread count.
///
/// Memory plans are made of these, and the kernels check them: both sides agree by construction.
/// Sizes are multiples of 64 bytes, so that parts laid one after the other stay aligned.
public enum Workspace {
  /// Rounds a byte count up to a multiple of 64.
  public static func aligned(_ bytes: Int) -> Int { (bytes + 63) & ~63 }

  /// Bytes of f32 values, rounded up.
  public static func floats(_ count: Int) -> Int { aligned(count * 4) }

  /// Scratch of a linear layer's forward pass.
  public static func linear(rows: Int, inFeatures: Int, outFeatures: Int, threads: Int) -> Int {
    product(m: rows, n: outFeatures, k: inFeatures, threads: threads)
  }

  /// Scratch of a linear layer's gradient by its input.
  public static func linearBackwardInput(
    rows: Int, inFeatures: Int, outFeatures: Int, threads: Int
  ) -> Int {
    product(m: rows, n: inFeatures, k: outFeatures, threads: threads)
  }

  /// Scratch of a linear layer's gradient by its weight.
  public static func linearBackwardWeight(
    rows: Int, inFeatures: Int, outFeatures: Int, threads: Int
  ) -> Int {
    product(m: outFeatures, n: inFeatures, k: rows, threads: threads)
  }

  /// Scratch of a bias's gradient: one partial sum for each block of rows.
  public static func biasBackward(rows: Int, width: Int) -> Int {
    Tiling.blocks(rows, of: Tiling.rowBlock(rows: rows)) * floats(width)
  }

  /// Scratch of layer norm's backward pass: partial sums of both gradients for each block of rows.
  public static func layerNormBackward(rows: Int, width: Int) -> Int {
    2 * Tiling.blocks(rows, of: Tiling.rowBlock(rows: rows)) * floats(width)
  }

  /// Scratch of RMS norm's backward pass: a partial sum for each block of rows.
  public static func rmsNormBackward(rows: Int, width: Int) -> Int {
    Tiling.blocks(rows, of: Tiling.rowBlock(rows: rows)) * floats(width)
  }

  /// Scratch of rotary positions: a cosine and a sine for each position and pair of features.
  public static func rotary(time: Int, headSize: Int) -> Int { floats(time * headSize) }

  /// Scratch of attention's forward pass: for each thread one tile of scores and its row maxima.
  public static func attentionForward(
    batch: Int, time: Int, heads: Int, headSize: Int, threads: Int
  ) -> Int {
    threads
      * (attentionTile(time: time) + 2 * floats(Tiling.queries)
        + attentionProduct(time: time, headSize: headSize))
  }

  /// Scratch of attention over a cache: that of the forward pass, and a log-sum-exp for each row.
  public static func attentionCached(
    time: Int, heads: Int, headSize: Int, threads: Int
  ) -> Int {
    attentionForward(batch: 1, time: time, heads: heads, headSize: headSize, threads: threads)
      + floats(heads * time)
  }

  /// Scratch of attention's backward pass: for each thread two tiles and a sum for each query.
  public static func attentionBackward(
    batch: Int, time: Int, heads: Int, headSize: Int, threads: Int
  ) -> Int {
    threads
      * (2 * attentionTile(time: time) + floats(time)
        + attentionProduct(time: time, headSize: headSize))
  }

  /// Bytes of one tile of scores.
  public static func attentionTile(time: Int) -> Int {
    floats(min(Tiling.queries, time) * attentionStride(time: time))
  }

  /// Scratch of the largest product between a tile of queries and one of keys.
  public static func attentionProduct(time: Int, headSize: Int) -> Int {
    let (queries, keys) = (min(Tiling.queries, time), min(Tiling.keys, time))
    return max(
      tileProduct(m: queries, n: keys, k: headSize), tileProduct(m: queries, n: headSize, k: keys),
      tileProduct(m: keys, n: headSize, k: queries))
  }

  /// Floats from one row of a tile of scores to the next: whole vectors of 16.
  public static func attentionStride(time: Int) -> Int {
    (min(Tiling.keys, time) + 15) & ~15
  }

  /// Scratch of the fused output projection and loss: a chunk of logits, a loss and a
  /// rank for each row.
  public static func linearCrossEntropy(
    rows: Int, width: Int, vocabulary: Int, threads: Int, training: Bool
  ) -> Int {
    let chunk = Tiling.logitRows(rows: rows, vocabulary: vocabulary)
    // The last chunk may have fewer rows, and its products need more: cuts are evened out.
    let last = rows - (rows - 1) / chunk * chunk
    let products = [chunk, last].map { count in
      let logits = product(m: count, n: vocabulary, k: width, threads: threads)
      let hidden = product(m: count, n: width, k: vocabulary, threads: threads)
      let weight = product(m: vocabulary, n: width, k: count, threads: threads)
      return training ? max(logits, hidden, weight) : logits
    }
    return floats(chunk * vocabulary) + 2 * floats(rows) + (products.max() ?? 0)
  }

  /// Scratch of softmax cross-entropy: a loss and a rank for each row.
  public static func softmaxCrossEntropy(rows: Int, classes: Int) -> Int { 2 * floats(rows) }

  /// Scratch of binary cross-entropy: one f64 partial sum a block of rows.
  public static func binaryCrossEntropy(rows: Int, width: Int) -> Int {
    aligned(Tiling.blocks(rows, of: Tiling.lossRows(width: width)) * 8)
  }

  /// Scratch of the mean squared error: one f64 partial sum a block.
  public static func meanSquaredError(count: Int) -> Int { sumOfSquares(count: count) }

  /// Scratch of a sum of squares: one f64 partial sum a block.
  public static func sumOfSquares(count: Int) -> Int {
    aligned(Tiling.blocks(count, of: Tiling.squares) * 8)
  }
}
