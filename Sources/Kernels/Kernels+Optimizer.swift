public import KernelTable

extension Kernels {
  /// One step of Adam or AdamW over `count` parameters, in one pass over all four arrays.
  ///
  /// - Parameters:
  ///   - mean: the running mean of gradients; zeros before the first step.
  ///   - square: the running mean of their squares; zeros before the first step.
  public func adam(
    _ update: AdamUpdate, parameters: MutableFloats, gradients: Floats, mean: MutableFloats,
    square: MutableFloats, count: Int
  ) {
    forEachTile(count) { start, count in
      table.adam(
        update, parameters: parameters + start, gradients: gradients + start,
        mean: mean + start, square: square + start, count: count)
    }
  }

  /// One SGD step over `count` parameters.
  ///
  /// - Parameter velocity: the momentum's state, zeros before the first step; nil without momentum.
  public func sgd(
    _ update: SGDUpdate, parameters: MutableFloats, gradients: Floats, velocity: MutableFloats?,
    count: Int
  ) {
    precondition(
      update.momentum == 0 || velocity != nil, "SGD with momentum needs a velocity")
    forEachTile(count) { start, count in
      table.sgd(
        update, parameters: parameters + start, gradients: gradients + start,
        velocity: velocity.map { $0 + start }, count: count)
    }
  }
}
