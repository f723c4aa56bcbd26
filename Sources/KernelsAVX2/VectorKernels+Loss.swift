import KernelTable

extension VectorKernels {
  func crossEntropy(
    _ logits: Floats, count: Int, target: Int, scale: Float, gradient: MutableFloats?
  ) -> Float {
    let maximum = largest(logits, count: count)
    let correct = logits[target] - maximum
    guard let gradient else {
      return logarithm(exponentialSum(logits, minus: maximum, count: count)) - correct
    }
    let total = exponentials(logits, minus: maximum, into: gradient, count: count)
    apply(Factor(value: scale / total), gradient, into: gradient, count: count)
    gradient[target] -= scale
    return logarithm(total) - correct
  }

  func crossEntropy(
    _ logits: Floats, count: Int, spread: SpreadTarget, scale: Float, gradient: MutableFloats?
  ) -> Float {
    let maximum = largest(logits, count: count)
    let correct = logits[spread.index] - maximum
    let weighted = weightedSum(logits, minus: maximum, spread.weights, count: count)
    let total: Float
    if let gradient {
      total = exponentials(logits, minus: maximum, into: gradient, count: count)
      let factor = scale * spread.total / total
      let share = scale * spread.uniform
      if let weights = spread.weights {
        apply(
          SpreadGradient(factor: factor, share: share), gradient, weights, into: gradient,
          count: count)
      } else {
        apply(EvenGradient(factor: factor, share: share), gradient, into: gradient, count: count)
      }
      gradient[spread.index] -= scale * spread.confidence
    } else {
      total = exponentialSum(logits, minus: maximum, count: count)
    }
    return spread.total * logarithm(total) - spread.confidence * correct
      - spread.uniform * weighted
  }

  func rank(of target: Int, in logits: Floats, count: Int) -> Int {
    let value = logits[target]
    var before: Int32 = 0
    // Negated, so that a NaN comes first and a wrong model is never right.
    for index in 0..<target where !(logits[index] < value) { before &+= 1 }
    for index in target &+ 1..<max(count, target &+ 1) where !(logits[index] <= value) {
      before &+= 1
    }
    return Int(before)
  }

  func binaryCrossEntropy(
    _ x: Floats, targets y: Floats, positiveWeights: Floats?, count: Int, scale: Float,
    gradient: MutableFloats?
  ) -> Double {
    var total = (SIMD8<Double>.zero, SIMD8<Double>.zero)
    var i = 0
    while i < count {
      let rest = count &- i
      let weight =
        positiveWeights.map { Vector($0, at: i, count: rest) } ?? Vector(repeating: 1)
      let term = BinaryTerm(
        x: Vector(x, at: i, count: rest), y: Vector(y, at: i, count: rest), weight: weight)
      var loss = term.loss
      // Lanes past the end hold x = y = 0, whose loss is ln 2.
      if rest < lanes { for lane in rest..<lanes { loss[lane] = 0 } }
      total.0 += SIMD8<Double>(loss.lowHalf)
      total.1 += SIMD8<Double>(loss.highHalf)
      if let gradient { (term.derivative * scale).store(to: gradient, at: i, count: rest) }
      i &+= lanes
    }
    return (total.0 + total.1).total
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

  /// Σ weight·(x − maximum); weights are 1 where there are none.
  @inline(__always)
  private func weightedSum(
    _ x: Floats, minus maximum: Float, _ weights: Floats?, count: Int
  ) -> Float {
    let offset = Vector(repeating: maximum)
    var total = Vector.zero
    var i = 0
    while i < count {
      let rest = count &- i
      let difference = Vector(x, at: i, count: rest, fill: maximum) - offset
      let weight = weights.map { Vector($0, at: i, count: rest) } ?? Vector(repeating: 1)
      total = total.addingProduct(difference, weight)
      i &+= lanes
    }
    return total.total
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

/// factor·softmax − share, for a target that is spread evenly.
private struct EvenGradient: UnaryOperation {
  let factor: Float
  let share: Float

  @inline(__always)
  func callAsFunction(_ x: Vector) -> Vector { x * factor - share }
}

/// factor·softmax − share·weight.
private struct SpreadGradient: BinaryOperation {
  let factor: Float
  let share: Float

  @inline(__always)
  func callAsFunction(_ x: Vector, _ weight: Vector) -> Vector { x * factor - weight * share }
}

/// The binary cross-entropy of logits x, as PyTorch's `binary_cross_entropy_with_logits`.
private struct BinaryTerm {
  let x: Vector
  let y: Vector
  /// What the losses of positive targets are multiplied by.
  let weight: Vector

  /// 1 + (weight − 1)·y.
  @inline(__always)
  private var factor: Vector { 1 + (weight - 1) * y }

  /// (1 − y)·x + factor·ln(1 + e^−x), with nothing that overflows.
  @inline(__always)
  var loss: Vector {
    let size = x.replacing(with: -x, where: x .< Vector.zero)
    let negative = (-x).replacing(with: Vector.zero, where: x .> Vector.zero)
    return (1 - y) * x + factor * (logarithm(1 + exponential(-size)) + negative)
  }

  /// 1 − y − factor·σ(−x).
  @inline(__always)
  var derivative: Vector { 1 - y - factor / (1 + exponential(x)) }
}
