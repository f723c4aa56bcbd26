import KernelTable

extension VectorKernels {
  func rmsNorm(
    _ x: Floats, gamma: Floats, epsilon: Float, into y: MutableFloats, stats: MutableFloats,
    rows: Int, width: Int
  ) {
    for row in 0..<rows {
      let source = x + row &* width
      let square = squaredDeviations(source, from: 0, count: width) / Float(width)
      let factor = 1 / (square + epsilon).squareRoot()
      stats[row] = factor
      apply(Normalized(factor: factor), source, gamma, into: y + row &* width, count: width)
    }
  }

  func rmsNormBackward(
    _ dy: Floats, x: Floats, gamma: Floats, stats: Floats, into dx: MutableFloats,
    accumulate: Bool, gammaGradient: MutableFloats, rows: Int, width: Int
  ) {
    for row in 0..<rows {
      let gradient = RootRowGradient(
        dy: dy + row &* width, x: x + row &* width, gamma: gamma, factor: stats[row],
        width: width)
      gradient.run(
        into: dx + row &* width, accumulate: accumulate, gammaGradient: gammaGradient)
    }
  }
}

private struct Normalized: BinaryOperation {
  let factor: Float

  @inline(__always)
  func callAsFunction(_ x: Vector, _ gamma: Vector) -> Vector { x * factor * gamma }
}

/// One row of RMS norm's backward pass: two passes over a row that stays in the nearest cache.
private struct RootRowGradient {
  let dy: Floats
  let x: Floats
  let gamma: Floats
  let factor: Float
  let width: Int

  @inline(__always)
  func run(into dx: MutableFloats, accumulate: Bool, gammaGradient: MutableFloats) {
    var weighted = Vector.zero
    var i = 0
    while i < width {
      let count = width &- i
      let dy = Vector(dy, at: i, count: count)
      let normal = Vector(x, at: i, count: count) * factor
      weighted = weighted.addingProduct(dy * Vector(gamma, at: i, count: count), normal)
      let dGamma = Vector(gammaGradient, at: i, count: count).addingProduct(dy, normal)
      dGamma.store(to: gammaGradient, at: i, count: count)
      i &+= lanes
    }
    let mean = Vector(repeating: -weighted.total / Float(width))
    i = 0
    while i < width {
      let count = width &- i
      let gradient = Vector(dy, at: i, count: count) * Vector(gamma, at: i, count: count)
      let normal = Vector(x, at: i, count: count) * factor
      var result = gradient.addingProduct(normal, mean) * factor
      if accumulate { result += Vector(dx, at: i, count: count) }
      result.store(to: dx, at: i, count: count)
      i &+= lanes
    }
  }
}
