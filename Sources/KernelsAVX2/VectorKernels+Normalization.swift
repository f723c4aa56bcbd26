import KernelTable

extension VectorKernels {
  func layerNorm(
    _ x: Floats, gamma: Floats, beta: Floats, epsilon: Float, into y: MutableFloats,
    stats: MutableFloats, rows: Int, width: Int
  ) {
    for row in 0..<rows {
      let source = x + row &* width
      let mean = sum(source, count: width) / Float(width)
      let variance = squaredDeviations(source, from: mean, count: width) / Float(width)
      let deviation = 1 / (variance + epsilon).squareRoot()
      stats[2 &* row] = mean
      stats[2 &* row &+ 1] = deviation
      normalize(
        source, mean: mean, factor: deviation, gamma: gamma, beta: beta, into: y + row &* width,
        width: width)
    }
  }

  func layerNormBackward(
    _ dy: Floats, x: Floats, gamma: Floats, stats: Floats, into dx: MutableFloats,
    accumulate: Bool, gammaGradient: MutableFloats, betaGradient: MutableFloats, rows: Int,
    width: Int
  ) {
    for row in 0..<rows {
      let gradient = RowGradient(
        dy: dy + row &* width, x: x + row &* width, gamma: gamma, mean: stats[2 &* row],
        factor: stats[2 &* row &+ 1], width: width)
      gradient.run(
        into: dx + row &* width, accumulate: accumulate, gammaGradient: gammaGradient,
        betaGradient: betaGradient)
    }
  }

  @inline(__always)
  private func normalize(
    _ x: Floats, mean: Float, factor: Float, gamma: Floats, beta: Floats, into y: MutableFloats,
    width: Int
  ) {
    let (middle, scale) = (Vector(repeating: mean), Vector(repeating: factor))
    var i = 0
    while i &+ lanes <= width {
      let normal = (Vector(x, at: i) - middle) * scale
      Vector(beta, at: i).addingProduct(normal, Vector(gamma, at: i)).store(to: y, at: i)
      i &+= lanes
    }
    while i < width {
      y[i] = beta[i].addingProduct((x[i] - mean) * factor, gamma[i])
      i &+= 1
    }
  }
}

/// One row of layer norm's backward pass: two passes over a row that stays in the nearest cache.
private struct RowGradient {
  let dy: Floats
  let x: Floats
  let gamma: Floats
  let mean: Float
  let factor: Float
  let width: Int

  @inline(__always)
  func run(
    into dx: MutableFloats, accumulate: Bool, gammaGradient: MutableFloats,
    betaGradient: MutableFloats
  ) {
    var (plain, weighted) = (Vector.zero, Vector.zero)
    var i = 0
    while i < width {
      let count = width &- i
      let dy = Vector(dy, at: i, count: count)
      let normal = normalized(at: i, count)
      let gradient = dy * Vector(gamma, at: i, count: count)
      plain += gradient
      weighted = weighted.addingProduct(gradient, normal)
      let dGamma = Vector(gammaGradient, at: i, count: count).addingProduct(dy, normal)
      dGamma.store(to: gammaGradient, at: i, count: count)
      let dBeta = Vector(betaGradient, at: i, count: count) + dy
      dBeta.store(to: betaGradient, at: i, count: count)
      i &+= lanes
    }
    let means = (
      plain: Vector(repeating: plain.total / Float(width)),
      weighted: Vector(repeating: -weighted.total / Float(width))
    )
    i = 0
    while i < width {
      let count = width &- i
      let gradient = Vector(dy, at: i, count: count) * Vector(gamma, at: i, count: count)
      let centered = gradient - means.plain
      var result = centered.addingProduct(normalized(at: i, count), means.weighted) * factor
      if accumulate { result += Vector(dx, at: i, count: count) }
      result.store(to: dx, at: i, count: count)
      i &+= lanes
    }
  }

  /// x̂; 0 in the lanes past the row's end.
  @inline(__always)
  private func normalized(at i: Int, _ count: Int) -> Vector {
    (Vector(x, at: i, count: count, fill: mean) - Vector(repeating: mean)) * factor
  }
}
