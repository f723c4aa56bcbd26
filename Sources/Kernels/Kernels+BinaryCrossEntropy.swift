public import KernelTable

extension Kernels {
  /// Σ over logits[rows, width] of their binary cross-entropies, for a mean over all of them.
  ///
  /// Losses are f32 and added in f64: fixed blocks of rows, then the blocks in order.
  /// - Parameters:
  ///   - targets: [rows, width], 0 or 1, or what lies between.
  ///   - positiveWeights: [width]; what the losses of positive targets are multiplied by.
  ///   - dLogits: gets the gradient of scale · the mean; may be `logits`; nil in evaluation.
  ///   - countsHits: whether logits on their target's side of 0 are counted.
  ///   - workspace: `Workspace.binaryCrossEntropy` bytes.
  public func binaryCrossEntropy(
    logits: Floats, targets: Floats, positiveWeights: Floats?, dLogits: MutableFloats?,
    rows: Int, width: Int, scale: Float, countsHits: Bool = false,
    workspace: UnsafeMutableRawBufferPointer
  ) -> LossSums {
    var scratch = Scratch(
      workspace, needed: Workspace.binaryCrossEntropy(rows: rows, width: width),
      operation: "binaryCrossEntropy")
    let block = Tiling.lossRows(width: width)
    let blocks = Tiling.blocks(rows, of: block)
    let partials = scratch.doubles(blocks)
    var sums = LossSums()
    (sums.count, sums.weight) = (rows * width, Double(rows * width))
    // Before the gradients, which may take the logits' place.
    if countsHits {
      sums.hits = [(0..<rows * width).count { (logits[$0] > 0) == (targets[$0] > 0.5) }]
    }
    let factor = sums.gradientScale(scale)
    forEachTile(rows, of: block) { start, count in
      // Weights repeat with each row; without them all rows are one.
      let (lines, columns) = positiveWeights == nil ? (1, count * width) : (count, width)
      partials[start / block] = (0..<lines).reduce(0.0) { sum, line in
        let first = start * width + line * columns
        return sum
          + table.binaryCrossEntropy(
            logits + first, targets: targets + first, positiveWeights: positiveWeights,
            count: columns, scale: factor, gradient: dLogits.map { $0 + first })
      }
    }
    sums.loss = (0..<blocks).reduce(0.0) { $0 + partials[$1] }
    return sums
  }
}
