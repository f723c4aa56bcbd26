public import KernelTable

extension Kernels {
  /// y[rows, out] = x[rows, in] · weight[out, in]ᵀ + bias[out] + residual[rows, out].
  ///
  /// y may be the residual.
  /// - Parameters:
  ///   - runs: the rows that count; the others become 0.
  ///   - workspace: `Workspace.linear` bytes.
  public func linearForward(
    x: Floats, weight: Floats, bias: Floats?, residual: Floats?, runs: RowRuns? = nil,
    into y: MutableFloats, rows: Int, inFeatures: Int, outFeatures: Int,
    workspace: UnsafeMutableRawBufferPointer
  ) {
    clear(y, outside: runs, rows: rows, width: outFeatures)
    product(
      .nt, a: x, b: weight, into: y, m: rows, n: outFeatures, k: inFeatures,
      addend: ProductAddend(matrix: residual, stride: outFeatures, row: bias), runs: runs,
      workspace: workspace)
  }

  /// dx[rows, in] = dy[rows, out] · weight[out, in], added to dx if `accumulate`.
  ///
  /// Rows of dy that are zero, as of padding and of targets that don't count, cost nothing.
  /// - Parameter workspace: `Workspace.linearBackwardInput` bytes.
  public func linearBackwardInput(
    dy: Floats, weight: Floats, into dx: MutableFloats, accumulate: Bool, rows: Int,
    inFeatures: Int, outFeatures: Int, workspace: UnsafeMutableRawBufferPointer
  ) {
    let runs = RowRuns(nonzeroIn: dy, rows: rows, width: outFeatures)
    if !accumulate { clear(dx, outside: runs, rows: rows, width: inFeatures) }
    product(
      .nn, a: dy, b: weight, into: dx, m: rows, n: inFeatures, k: outFeatures,
      accumulate: accumulate, runs: runs, workspace: workspace)
  }

  private func clear(_ matrix: MutableFloats, outside runs: RowRuns?, rows: Int, width: Int) {
    for gap in runs?.gaps(rows: rows) ?? [] {
      (matrix + gap.lowerBound * width).update(repeating: 0, count: gap.count * width)
    }
  }

  /// dw[out, in] = dy[rows, out]ᵀ · x[rows, in], added to dw if `accumulate`.
  ///
  /// Rows of dy that are zero cost nothing.
  /// - Parameter workspace: `Workspace.linearBackwardWeight` bytes.
  public func linearBackwardWeight(
    dy: Floats, x: Floats, into dw: MutableFloats, accumulate: Bool, rows: Int,
    inFeatures: Int, outFeatures: Int, workspace: UnsafeMutableRawBufferPointer
  ) {
    let runs = RowRuns(nonzeroIn: dy, rows: rows, width: outFeatures)
    if let runs, runs.count == 0, !accumulate {
      dw.update(repeating: 0, count: outFeatures * inFeatures)
    }
    product(
      .tn, a: dy, b: x, into: dw, m: outFeatures, n: inFeatures, k: rows, accumulate: accumulate,
      runs: runs, workspace: workspace)
  }

  /// db[width] = Σ over rows of dy[rows, width], added to db if `accumulate`.
  ///
  /// - Parameter workspace: `Workspace.biasBackward` bytes: a partial sum for each block of rows.
  public func biasBackward(
    dy: Floats, into db: MutableFloats, accumulate: Bool, rows: Int, width: Int,
    workspace: UnsafeMutableRawBufferPointer
  ) {
    var scratch = Scratch(
      workspace, needed: Workspace.biasBackward(rows: rows, width: width),
      operation: "biasBackward")
    let partials = RowPartials(rows: rows, width: width, sums: 1, scratch: &scratch)
    pool.run(tasks: partials.blocks) { block, _ in
      let range = partials.clear(block)
      table.addRows(
        dy + range.lowerBound * width, rows: range.count, stride: width,
        into: partials.sum(0, of: block), count: width)
    }
    partials.combine(0, into: db, accumulate: accumulate, table: table)
  }
}
