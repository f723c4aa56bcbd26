public import KernelTable

extension Kernels {
  /// y = γx·rstd over rows of x[rows, width]; stats[rows] gets rstd = 1/√(mean x² + ε).
  ///
  /// Zhang & Sennrich 2019, equation 4. y may be x.
  public func rmsNormForward(
    x: Floats, gamma: Floats, epsilon: Float, into y: MutableFloats, stats: MutableFloats,
    rows: Int, width: Int
  ) {
    forEachTile(rows, of: Tiling.rowTask(width: width)) { start, count in
      table.rmsNorm(
        x + start * width, gamma: gamma, epsilon: epsilon, into: y + start * width,
        stats: stats + start, rows: count, width: width)
    }
  }

  /// The gradients of RMS norm by its input [rows, width] and its parameter [width].
  ///
  /// dx may be dy.
  /// - Parameters:
  ///   - accumulateInput: adds to dx instead of writing it.
  ///   - accumulateParameters: adds to the parameter's gradient instead of writing it.
  ///   - workspace: `Workspace.rmsNormBackward` bytes: a partial sum for each block of rows.
  public func rmsNormBackward(
    dy: Floats, x: Floats, gamma: Floats, stats: Floats, into dx: MutableFloats,
    accumulateInput: Bool, gammaGradient: MutableFloats, accumulateParameters: Bool, rows: Int,
    width: Int, workspace: UnsafeMutableRawBufferPointer
  ) {
    var scratch = Scratch(
      workspace, needed: Workspace.rmsNormBackward(rows: rows, width: width),
      operation: "rmsNormBackward")
    let partials = RowPartials(rows: rows, width: width, sums: 1, scratch: &scratch)
    pool.run(tasks: partials.blocks) { block, _ in
      let range = partials.clear(block)
      let start = range.lowerBound * width
      table.rmsNormBackward(
        dy + start, x: x + start, gamma: gamma, stats: stats + range.lowerBound,
        into: dx + start, accumulate: accumulateInput, gammaGradient: partials.sum(0, of: block),
        rows: range.count, width: width)
    }
    partials.combine(0, into: gammaGradient, accumulate: accumulateParameters, table: table)
  }
}
