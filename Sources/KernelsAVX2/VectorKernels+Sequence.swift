import KernelTable

extension VectorKernels {
  func softmax(_ x: Floats, into y: MutableFloats, count: Int) {
    let offset = Vector(repeating: largest(x, count: count))
    var total = Vector.zero
    var i = 0
    while i < count {
      let rest = count &- i
      let value = exponential(Vector(x, at: i, count: rest, fill: -.infinity) - offset)
      value.store(to: y, at: i, count: rest)
      total += value
      i &+= lanes
    }
    apply(Times(factor: 1 / total.total), y, into: y, count: count)
  }

  func softmaxBackward(_ dy: Floats, _ y: Floats, into dx: MutableFloats, count: Int) {
    apply(SoftmaxGradient(mean: dot(dy, y, count: count)), dy, y, into: dx, count: count)
  }

  func rotate(_ x: Floats, angles: Floats, backward: Bool, into y: MutableFloats, half: Int) {
    let sign = Vector(repeating: backward ? -1 : 1)
    var i = 0
    while i < half {
      let rest = half &- i
      let first = Vector(x, at: i, count: rest)
      let second = Vector(x + half, at: i, count: rest)
      let cosine = Vector(angles, at: i, count: rest)
      let sine = Vector(angles + half, at: i, count: rest) * sign
      (first * cosine).addingProduct(-second, sine).store(to: y, at: i, count: rest)
      (second * cosine).addingProduct(first, sine).store(to: y + half, at: i, count: rest)
      i &+= lanes
    }
  }
}

private struct Times: UnaryOperation {
  let factor: Float

  @inline(__always)
  func callAsFunction(_ x: Vector) -> Vector { x * factor }
}

private struct SoftmaxGradient: BinaryOperation {
  let mean: Float

  @inline(__always)
  func callAsFunction(_ dy: Vector, _ y: Vector) -> Vector { y * (dy - Vector(repeating: mean)) }
}
