import KernelTable

extension VectorKernels {
  func crossEntropy(
    _ logits: Floats, count: Int, target: Int32, scale: Float, gradient: MutableFloats?
  ) -> Float {
    guard target >= 0 else {
      gradient?.update(repeating: 0, count: count)
      return 0
    }
    let index = Int(target)
    let maximum = largest(logits, count: count)
    let correct = logits[index] - maximum
    guard let gradient else {
      return logarithm(exponentialSum(logits, minus: maximum, count: count)) - correct
    }
    let total = exponentials(logits, minus: maximum, into: gradient, count: count)
    apply(Factor(value: scale / total), gradient, into: gradient, count: count)
    gradient[index] -= scale
    return logarithm(total) - correct
  }

  func squaredDistance(_ a: Floats, _ b: Floats, count: Int) -> Double {
    var total = (SIMD8<Double>.zero, SIMD8<Double>.zero)
    var i = 0
    while i < count {
      let rest = count &- i
      addSquares(
        of: Vector(a, at: i, count: rest) - Vector(b, at: i, count: rest), to: &total)
      i &+= lanes
    }
    return (total.0 + total.1).total
  }

  func scaledDifference(
    _ a: Floats, _ b: Floats, factor: Float, into d: MutableFloats, count: Int
  ) {
    apply(ScaledDifference(factor: factor), a, b, into: d, count: count)
  }

  func sumOfSquares(_ x: Floats, count: Int) -> Double {
    var total = (SIMD8<Double>.zero, SIMD8<Double>.zero)
    var i = 0
    while i < count {
      addSquares(of: Vector(x, at: i, count: count &- i), to: &total)
      i &+= lanes
    }
    return (total.0 + total.1).total
  }

  @inline(__always)
  private func addSquares(
    of values: Vector, to total: inout (SIMD8<Double>, SIMD8<Double>)
  ) {
    let (low, high) = (SIMD8<Double>(values.lowHalf), SIMD8<Double>(values.highHalf))
    total.0 = total.0.addingProduct(low, low)
    total.1 = total.1.addingProduct(high, high)
  }

  /// Σ exp(x − maximum), in the order of `exponentials`.
  @inline(__always)
  private func exponentialSum(_ x: Floats, minus maximum: Float, count: Int) -> Float {
    let offset = Vector(repeating: maximum)
    var total = Vector.zero
    var i = 0
    while i &+ lanes <= count {
      total += exponential(Vector(x, at: i) - offset)
      i &+= lanes
    }
    if i < count {
      total += exponential(Vector(x, at: i, count: count &- i, fill: -.infinity) - offset)
    }
    return total.total
  }

  /// y = exp(x − maximum); returns Σ y.
  @inline(__always)
  private func exponentials(
    _ x: Floats, minus maximum: Float, into y: MutableFloats, count: Int
  ) -> Float {
    let offset = Vector(repeating: maximum)
    var total = Vector.zero
    var i = 0
    while i &+ lanes <= count {
      let value = exponential(Vector(x, at: i) - offset)
      value.store(to: y, at: i)
      total += value
      i &+= lanes
    }
    if i < count {
      let rest = count &- i
      let value = exponential(Vector(x, at: i, count: rest, fill: -.infinity) - offset)
      value.store(to: y, at: i, count: rest)
      total += value
    }
    return total.total
  }
}

private struct Factor: UnaryOperation {
  let value: Float

  @inline(__always)
  func callAsFunction(_ x: Vector) -> Vector { x * value }
}

private struct ScaledDifference: BinaryOperation {
  let factor: Float

  @inline(__always)
  func callAsFunction(_ a: Vector, _ b: Vector) -> Vector { (a - b) * factor }
}
