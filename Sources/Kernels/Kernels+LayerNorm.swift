public import KernelTable

extension Kernels {
  /// y = γ(x − mean)·rstd + β over rows of x[rows, width]; stats[rows, 2] gets mean and rstd.
  ///
  /// Ba, Kiros & Hinton 2016; the variance is the biased one, as in PyTorch. y may be x.
  public func layerNormForward(
    x: Floats, gamma: Floats, beta: Floats, epsilon: Float, into y: MutableFloats,
    stats: MutableFloats, rows: Int, width: Int
  ) {
    forEachTile(rows, of: Tiling.rowTask(width: width)) { start, count in
      table.layerNorm(
        x + start * width, gamma: gamma, beta: beta, epsilon: epsilon, into: y + start * width,
        stats: stats + 2 * start, rows: count, width: width)
    }
  }

  /// The gradients of layer norm by its input [rows, width] and its parameters [width].
  ///
  /// dx may be dy.
  /// - Parameters:
  ///   - accumulateInput: adds to dx instead of writing it.
  ///   - accumulateParameters: adds to both parameter gradients instead of writing them.
  ///   - workspace: `Workspace.layerNormBackward` bytes: partial sums for each block of rows.
  public func layerNormBackward(
    dy: Floats, x: Floats, gamma: Floats, stats: Floats, into dx: MutableFloats,
    accumulateInput: Bool, gammaGradient: MutableFloats, betaGradient: MutableFloats,
    accumulateParameters: Bool, rows: Int, width: Int, workspace: UnsafeMutableRawBufferPointer
  ) {
    var scratch = Scratch(
      workspace, needed: Workspace.layerNormBackward(rows: rows, width: width),
      operation: "layerNormBackward")
    let partials = RowPartials(rows: rows, width: width, sums: 2, scratch: &scratch)
    pool.run(tasks: partials.blocks) { block, _ in
      let range = partials.clear(block)
      let start = range.lowerBound * width
      table.layerNormBackward(
        dy + start, x: x + start, gamma: gamma, stats: stats + 2 * range.lowerBound,
        into: dx + start, accumulate: accumulateInput, gammaGradient: partials.sum(0, of: block),
        betaGradient: partials.sum(1, of: block), rows: range.count, width: width)
    }
    partials.combine(0, into: gammaGradient, accumulate: accumulateParameters, table: table)
    partials.combine(1, into: betaGradient, accumulate: accumulateParameters, table: table)
  }
}
