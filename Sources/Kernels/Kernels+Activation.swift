public import KernelTable

extension Kernels {
  /// y = f(x) over `count` values; y may be x.
  public func activationForward(
    _ function: ActivationFunction, _ x: Floats, into y: MutableFloats, count: Int
  ) {
    forEachTile(count) { start, count in
      table.activation(function, x + start, into: y + start, count: count)
    }
  }

  /// dx = dy·f′(x) over `count` values; dx may be dy or `needed`.
  ///
  /// - Parameter needed: x, or y where the function `differentiatesOutput`.
  public func activationBackward(
    _ function: ActivationFunction, dy: Floats, needed: Floats, into dx: MutableFloats, count: Int
  ) {
    forEachTile(count) { start, count in
      table.activationBackward(
        function, dy + start, needed + start, into: dx + start, count: count)
    }
  }
}
