public import KernelTable

/// Group norm (Wu & He 2018, equation 7) over x[batch · positions, width].
extension Kernels {
  /// y = γ(x − mean)/√(variance + ε) + β with the statistics of each example's groups of channels.
  ///
  /// `statistics` [batch, groups, 2] gets mean and biased variance. y may be x.
  /// - Parameter workspace: `Workspace.groupNorm` bytes.
  public func groupNormForward(
    _ shape: GroupNormShape, x: Floats, gamma: Floats, beta: Floats, epsilon: Float,
    into y: MutableFloats, statistics: MutableFloats, workspace: UnsafeMutableRawBufferPointer
  ) {
    let width = shape.width
    var scratch = Scratch(
      workspace, needed: Workspace.groupNorm(width: width, threads: threads),
      operation: "groupNormForward")
    let parts = (0..<threads).map { _ in
      (0..<3).map { _ in scratch.floats(width) }
    }
    pool.run(tasks: shape.batch) { example, worker in
      let (sums, centers, factors) = (parts[worker][0], parts[worker][1], parts[worker][2])
      let start = x + example * shape.positions * width
      let own = statistics + 2 * example * shape.groups
      sums.update(repeating: 0, count: width)
      table.addRows(start, rows: shape.positions, stride: width, into: sums, count: width)
      shape.forEachGroup { group, channels in
        own[2 * group] = shape.mean(sums, channels)
        for channel in channels { centers[channel] = own[2 * group] }
      }
      sums.update(repeating: 0, count: width)
      table.addSquares(start, centers: centers, rows: shape.positions, into: sums, width: width)
      shape.forEachGroup { group, channels in
        own[2 * group + 1] = shape.mean(sums, channels)
        let deviation = 1 / (own[2 * group + 1] + epsilon).squareRoot()
        for channel in channels { factors[channel] = gamma[channel] * deviation }
      }
      let columns = ColumnAffine(centers: centers, factors: factors, shifts: beta, width: width)
      table.affineColumns(
        start, columns, residual: nil, relu: false,
        into: y + example * shape.positions * width, rows: shape.positions)
    }
  }

  /// The gradients of a group norm by its input and its parameters [width]; dx may be dy.
  ///
  /// - Parameter workspace: `Workspace.groupNormBackward` bytes.
  public func groupNormBackward(
    _ shape: GroupNormShape, dy: Floats, x: Floats, gamma: Floats, statistics: Floats,
    epsilon: Float, into dx: MutableFloats, accumulateInput: Bool, gammaGradient: MutableFloats,
    betaGradient: MutableFloats, accumulateParameters: Bool,
    workspace: UnsafeMutableRawBufferPointer
  ) {
    let (width, size) = (shape.width, shape.positions * shape.width)
    var scratch = Scratch(
      workspace,
      needed: Workspace.groupNormBackward(batch: shape.batch, width: width, threads: threads),
      operation: "groupNormBackward")
    let columns = (0..<threads).map { _ in
      GroupNormColumns(shape, gamma: gamma, epsilon: epsilon, scratch: &scratch)
    }
    let stride = Workspace.floats(width) / MemoryLayout<Float>.stride
    let sums = scratch.floats(shape.batch * 2 * stride)
    pool.run(tasks: shape.batch) { example, worker in
      let (plain, weighted) = (sums + 2 * example * stride, sums + (2 * example + 1) * stride)
      let own = columns[worker]
      let (dy, x) = (dy + example * size, x + example * size)
      plain.update(repeating: 0, count: 2 * stride)
      own.begin(statistics: statistics + 2 * example * shape.groups)
      table.addColumnGradients(
        dy, x: x, centers: own.centers, gate: .open, plain: plain, weighted: weighted, gated: nil,
        rows: shape.positions, width: width)
      own.finish(plain: plain, weighted: weighted)
      table.columnGradients(
        dy, x: x, own.affine, slopes: own.slopes, gate: .open, into: dx + example * size,
        accumulate: accumulateInput, rows: shape.positions)
    }
    for (index, gradient) in [betaGradient, gammaGradient].enumerated() {
      if !accumulateParameters { gradient.update(repeating: 0, count: width) }
      table.addRows(
        sums + index * stride, rows: shape.batch, stride: 2 * stride, into: gradient, count: width)
    }
  }
}
