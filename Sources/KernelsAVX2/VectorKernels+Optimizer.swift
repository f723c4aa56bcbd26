import KernelTable

extension VectorKernels {
  func adamW(
    _ update: AdamWUpdate, parameters: MutableFloats, gradients: Floats, mean: MutableFloats,
    square: MutableFloats, count: Int
  ) {
    var i = 0
    while i < count {
      let rest = count &- i
      var w = Vector(parameters, at: i, count: rest)
      var m = Vector(mean, at: i, count: rest)
      var v = Vector(square, at: i, count: rest)
      let g = Vector(gradients, at: i, count: rest)
      update.apply(to: &w, gradient: g, mean: &m, square: &v)
      w.store(to: parameters, at: i, count: rest)
      m.store(to: mean, at: i, count: rest)
      v.store(to: square, at: i, count: rest)
      i &+= lanes
    }
  }

  func sgd(
    _ update: SGDUpdate, parameters: MutableFloats, gradients: Floats, velocity: MutableFloats?,
    count: Int
  ) {
    var i = 0
    while i < count {
      let rest = count &- i
      let w = Vector(parameters, at: i, count: rest)
      var direction = update.direction(w, gradient: Vector(gradients, at: i, count: rest))
      if let velocity {
        direction += Vector(velocity, at: i, count: rest) * update.momentum
        direction.store(to: velocity, at: i, count: rest)
      }
      (w - direction * update.learningRate).store(to: parameters, at: i, count: rest)
      i &+= lanes
    }
  }
}

extension AdamWUpdate {
  /// The lines of PyTorch's `_single_tensor_adamw` in turn.
  @inline(__always)
  fileprivate func apply(
    to w: inout Vector, gradient: Vector, mean m: inout Vector, square v: inout Vector
  ) {
    let g = gradient * gradientScale
    w *= decay
    m += (g - m) * meanWeight
    v = v * squareDecay + g * g * squareWeight
    let denominator = v.squareRoots / squareCorrection + epsilon
    w += m / denominator * negativeStepSize
  }
}

extension SGDUpdate {
  /// g + λw.
  @inline(__always)
  fileprivate func direction(_ w: Vector, gradient: Vector) -> Vector {
    gradient * gradientScale + w * weightDecay
  }
}
