import KernelTable

extension VectorKernels {
  func adam(
    _ update: AdamUpdate, parameters: MutableFloats, gradients: Floats, mean: MutableFloats,
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
        let moved = direction + Vector(velocity, at: i, count: rest) * update.momentum
        moved.store(to: velocity, at: i, count: rest)
        direction = update.isNesterov ? direction + moved * update.momentum : moved
      }
      (w - direction * update.learningRate).store(to: parameters, at: i, count: rest)
      i &+= lanes
    }
  }
}

extension AdamUpdate {
  /// The lines of PyTorch's `_single_tensor_adam` in turn.
  @inline(__always)
  fileprivate func apply(
    to w: inout Vector, gradient: Vector, mean m: inout Vector, square v: inout Vector
  ) {
    var g = gradient * gradientScale
    if penalty != 0 { g += w * penalty }
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
