import KernelTable

extension VectorKernels {
  func attentionWeights(
    _ tile: AttentionTile, scores: MutableFloats, maxima: MutableFloats, sums: MutableFloats,
    output: MutableFloats, outputStride: Int, headSize: Int, first: Bool
  ) {
    for row in 0..<tile.rows {
      let weights = scores + row &* tile.stride
      let visible = tile.visible(row: row)
      let padded = hide(weights, from: visible, to: tile.columns)
      let found = tile.scale * largest(weights, count: padded)
      let maximum = first ? found : max(maxima[row], found)
      let sum = exponentiate(weights, scale: tile.scale, maximum: maximum, count: padded)
      if first {
        sums[row] = sum
      } else {
        let rescale = exponential(maxima[row] - maximum)
        sums[row] = sums[row] * rescale + sum
        scale(output + row &* outputStride, by: rescale, count: headSize)
      }
      maxima[row] = maximum
      if let mask = tile.dropout {
        dropout(
          weights, into: weights, count: visible, start: tile.maskStart(row: row), mask: mask)
      }
    }
  }

  func attentionFinish(
    rows: Int, maxima: Floats, sums: Floats, output: MutableFloats, outputStride: Int,
    headSize: Int, logSumExp: MutableFloats
  ) {
    for row in 0..<rows {
      scale(output + row &* outputStride, by: 1 / sums[row], count: headSize)
      logSumExp[row] = maxima[row] + logarithm(sums[row])
    }
  }

  func attentionDeltas(
    rows: Int, outputGradient: Floats, output: Floats, stride: Int, headSize: Int,
    into deltas: MutableFloats
  ) {
    for row in 0..<rows {
      deltas[row] = dot(
        outputGradient + row &* stride, output + row &* stride, count: headSize)
    }
  }

  func attentionGradients(
    _ tile: AttentionTile, scores: MutableFloats, gradients: MutableFloats, logSumExp: Floats,
    deltas: Floats
  ) {
    for row in 0..<tile.rows {
      let weights = scores + row &* tile.stride
      let gradient = gradients + row &* tile.stride
      let visible = tile.visible(row: row)
      let padded = hide(weights, from: visible, to: tile.columns)
      let constants = (tile.scale, logSumExp[row], deltas[row])
      if let mask = tile.dropout {
        let start = tile.maskStart(row: row)
        // Dropping what comes in is the product rule's mask; the weights are dropped afterwards.
        dropout(gradient, into: gradient, count: visible, start: start, mask: mask)
        weightGradients(weights, gradient, constants, count: padded)
        dropout(weights, into: weights, count: visible, start: start, mask: mask)
      } else {
        weightGradients(weights, gradient, constants, count: padded)
      }
      clear(gradient, from: visible, to: tile.columns)
    }
  }

  /// Makes the keys from `visible` on −∞ up to a whole vector and 0 from there; returns where that is.
  @inline(__always)
  private func hide(_ scores: MutableFloats, from visible: Int, to end: Int) -> Int {
    let padded = (visible &+ lanes &- 1) & ~(lanes &- 1)
    for i in visible..<padded { scores[i] = -.infinity }
    if padded < end { clear(scores, from: padded, to: end) }
    return padded
  }

  @inline(__always)
  private func clear(_ values: MutableFloats, from start: Int, to end: Int) {
    guard start < end else { return }
    (values + start).update(repeating: 0, count: end &- start)
  }

  /// w = exp(scale·w − maximum); returns Σ w.
  @inline(__always)
  private func exponentiate(
    _ weights: MutableFloats, scale: Float, maximum: Float, count: Int
  ) -> Float {
    let (factor, offset) = (Vector(repeating: scale), Vector(repeating: -maximum))
    var total = Vector.zero
    var i = 0
    while i < count {
      let weight = exponential(offset.addingProduct(Vector(weights, at: i), factor))
      weight.store(to: weights, at: i)
      total += weight
      i &+= lanes
    }
    return total.total
  }

  /// P = exp(scale·s − logSumExp) and dS = scale·P·(dP − delta).
  @inline(__always)
  private func weightGradients(
    _ weights: MutableFloats, _ gradients: MutableFloats,
    _ constants: (scale: Float, logSumExp: Float, delta: Float), count: Int
  ) {
    let scale = Vector(repeating: constants.scale)
    let offset = Vector(repeating: -constants.logSumExp)
    let delta = Vector(repeating: constants.delta)
    var i = 0
    while i < count {
      let weight = exponential(offset.addingProduct(Vector(weights, at: i), scale))
      weight.store(to: weights, at: i)
      (weight * scale * (Vector(gradients, at: i) - delta)).store(to: gradients, at: i)
      i &+= lanes
    }
  }

  @inline(__always)
  private func scale(_ values: MutableFloats, by factor: Float, count: Int) {
    apply(Scaled(factor: factor), values, into: values, count: count)
  }
}

private struct Scaled: UnaryOperation {
  let factor: Float

  @inline(__always)
  func callAsFunction(_ x: Vector) -> Vector { x * factor }
}
