public import KernelTable

/// Batch norm (Ioffe & Szegedy 2015, algorithm 1) over the columns of x[rows, width].
extension Kernels {
  /// statistics[2, width] = each column's mean and biased variance.
  ///
  /// The variance is summed around each block's own mean, then around that of all (Chan, Golub &
  /// LeVeque 1983, equation 2.1): x is read from memory once.
  /// - Parameter workspace: `Workspace.batchNormStatistics` bytes.
  public func batchNormStatistics(
    x: Floats, into statistics: MutableFloats, rows: Int, width: Int,
    workspace: UnsafeMutableRawBufferPointer
  ) {
    var scratch = Scratch(
      workspace, needed: Workspace.batchNormStatistics(rows: rows, width: width),
      operation: "batchNormStatistics")
    let partials = RowPartials(rows: rows, width: width, sums: 2, scratch: &scratch)
    pool.run(tasks: partials.blocks) { block, _ in
      let range = partials.clear(block)
      let (start, means) = (x + range.lowerBound * width, partials.sum(0, of: block))
      table.addRows(start, rows: range.count, stride: width, into: means, count: width)
      for column in 0..<width { means[column] /= Float(range.count) }
      table.addSquares(
        start, centers: means, rows: range.count, into: partials.sum(1, of: block), width: width)
    }
    combine(partials, into: statistics, rows: rows, width: width, scratch: &scratch)
  }

  private func combine(
    _ partials: RowPartials, into statistics: MutableFloats, rows: Int, width: Int,
    scratch: inout Scratch
  ) {
    let (mean, variance) = (statistics, statistics + width)
    let deviations = scratch.floats(width)
    for sum in [mean, variance, deviations] { sum.update(repeating: 0, count: width) }
    for block in 0..<partials.blocks {
      let (means, share) = (partials.sum(0, of: block), Float(partials.rows(of: block).count))
      for column in 0..<width { mean[column] += means[column] * share }
    }
    for column in 0..<width { mean[column] /= Float(rows) }
    for block in 0..<partials.blocks {
      let (means, squares) = (partials.sum(0, of: block), partials.sum(1, of: block))
      let share = Float(partials.rows(of: block).count)
      for column in 0..<width {
        let deviation = means[column] - mean[column]
        variance[column] += squares[column]
        deviations[column] += deviation * deviation * share
      }
    }
    for column in 0..<width {
      variance[column] = (variance[column] + deviations[column]) / Float(rows)
    }
  }

  /// y = γ(x − mean)/√(variance + ε) + β (+ residual), and max(0, that) if `relu`.
  ///
  /// y may be x or the residual.
  /// - Parameter workspace: `Workspace.batchNorm` bytes.
  public func batchNormForward(
    x: Floats, gamma: Floats, beta: Floats, mean: Floats, variance: Floats, epsilon: Float,
    residual: Floats?, relu: Bool, into y: MutableFloats, rows: Int, width: Int,
    workspace: UnsafeMutableRawBufferPointer
  ) {
    var scratch = Scratch(
      workspace, needed: Workspace.batchNorm(width: width), operation: "batchNormForward")
    let factors = scratch.floats(width)
    for column in 0..<width {
      factors[column] = gamma[column] * (1 / (variance[column] + epsilon).squareRoot())
    }
    let columns = ColumnAffine(centers: mean, factors: factors, shifts: beta, width: width)
    forEachTile(rows, of: Tiling.rowTask(width: width)) { first, count in
      let start = first * width
      table.affineColumns(
        x + start, columns, residual: residual.map { $0 + start }, relu: relu, into: y + start,
        rows: count)
    }
  }

  /// Moves running statistics towards a batch's: running ← (1 − momentum)·running + momentum·batch,
  /// with the unbiased variance, as in PyTorch.
  public func batchNormUpdate(
    statistics: Floats, mean: MutableFloats, variance: MutableFloats, momentum: Float, rows: Int,
    width: Int
  ) {
    let correction = Float(rows) / Float(max(1, rows - 1))
    for column in 0..<width {
      mean[column] = (1 - momentum) * mean[column] + momentum * statistics[column]
      let unbiased = statistics[width + column] * correction
      variance[column] = (1 - momentum) * variance[column] + momentum * unbiased
    }
  }

  /// The gradients of a batch norm in training by its input [rows, width], its parameters [width] and
  /// its residual.
  ///
  /// dx = γ·rstd·(g − mean(g) − x̂·mean(g·x̂)), where g is dy behind `gate`. dx and the residual's
  /// gradient may be dy.
  /// - Parameters:
  ///   - residualGradient: gets g.
  ///   - workspace: `Workspace.batchNormBackward` bytes.
  public func batchNormBackward(
    dy: Floats, x: Floats, gamma: Floats, statistics: Floats, epsilon: Float, gate: BatchNormGate,
    into dx: MutableFloats, accumulateInput: Bool, residualGradient: MutableFloats?,
    gammaGradient: MutableFloats, betaGradient: MutableFloats, accumulateParameters: Bool,
    rows: Int, width: Int, workspace: UnsafeMutableRawBufferPointer
  ) {
    var scratch = Scratch(
      workspace, needed: Workspace.batchNormBackward(rows: rows, width: width),
      operation: "batchNormBackward")
    let partials = RowPartials(rows: rows, width: width, sums: 2, scratch: &scratch)
    let columns = BatchNormColumns(
      gamma: gamma, statistics: statistics, epsilon: epsilon, rows: rows, width: width,
      scratch: &scratch)
    pool.run(tasks: partials.blocks) { block, _ in
      let range = partials.clear(block)
      let start = range.lowerBound * width
      table.addColumnGradients(
        dy + start, x: x + start, centers: statistics, gate: columns.gate(gate, from: start),
        plain: partials.sum(0, of: block), weighted: partials.sum(1, of: block),
        gated: residualGradient.map { $0 + start }, rows: range.count, width: width)
    }
    partials.combine(0, into: columns.plain, accumulate: false, table: table)
    partials.combine(1, into: columns.weighted, accumulate: false, table: table)
    columns.finish(
      gammaGradient: gammaGradient, betaGradient: betaGradient, accumulate: accumulateParameters)
    forEachTile(rows, of: Tiling.rowTask(width: width)) { first, count in
      let start = first * width
      // Behind a residual's gradient, which is written already, the gate is open.
      table.columnGradients(
        residualGradient.map { Floats($0 + start) } ?? dy + start, x: x + start,
        columns.affine, slopes: columns.slopes,
        gate: residualGradient == nil ? columns.gate(gate, from: start) : .open,
        into: dx + start, accumulate: accumulateInput, rows: count)
    }
  }
}

/// Where a batch norm's ReLU let values through.
public enum BatchNormGate {
  /// It has none.
  case open
  /// Where its result is positive.
  case result(Floats)
  /// Where γx̂ + β, computed again with this β, is positive.
  case recomputed(beta: Floats)
}
