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
      hidePadding(of: tile, weights, count: visible)
      // A row that sees no key yet has a maximum that any other one replaces.
      let found = max(tile.scale * largest(weights, count: padded), lowest)
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
      guard sums[row] > 0 || sums[row].isNaN else {
        (output + row &* outputStride).update(repeating: 0, count: headSize)
        logSumExp[row] = .infinity
        continue
      }
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
      hidePadding(of: tile, weights, count: visible)
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

  /// Makes the scores of padding −∞.
  @inline(__always)
  private func hidePadding(of tile: AttentionTile, _ scores: MutableFloats, count: Int) {
    guard let padding = tile.padding else { return }
    let infinity = SIMD16<UInt32>(repeating: (-Float.infinity).bitPattern)
    var i = 0
    while i &+ lanes <= count {
      // 1 − 1 is no bit, 0 − 1 is all: comparing integer vectors isn't vector code.
      let mask = UnsafeRawPointer(padding + i).loadUnaligned(as: SIMD16<UInt32>.self) &- 1
      let score = unsafeBitCast(Vector(scores, at: i), to: SIMD16<UInt32>.self)
      let hidden = (score & ~mask) | (infinity & mask)
      unsafeBitCast(hidden, to: Vector.self).store(to: scores, at: i)
      i &+= lanes
    }
    while i < count {
      if padding[i] == 0 { scores[i] = -.infinity }
      i &+= 1
    }
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

/// The maximum of a row that has seen no key.
private let lowest = -Float.greatestFiniteMagnitude / 2

private struct Scaled: UnaryOperation {
  let factor: Float

  @inline(__always)
  func callAsFunction(_ x: Vector) -> Vector { x * factor }
}
