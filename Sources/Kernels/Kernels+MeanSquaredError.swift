public import KernelTable

extension Kernels {
  /// Σ (prediction − target)² over `count` values in f64, for a mean over them.
  ///
  /// - Parameters:
  ///   - dPrediction: gets the gradient of scale · the mean; may be `prediction`.
  ///   - workspace: `Workspace.meanSquaredError` bytes.
  public func meanSquaredError(
    prediction: Floats, target: Floats, dPrediction: MutableFloats?, count: Int, scale: Float,
    workspace: UnsafeMutableRawBufferPointer
  ) -> LossSums {
    var scratch = Scratch(
      workspace, needed: Workspace.meanSquaredError(count: count), operation: "meanSquaredError")
    let blocks = Tiling.blocks(count, of: Tiling.squares)
    let partials = scratch.doubles(blocks)
    var sums = LossSums()
    (sums.count, sums.weight) = (count, Double(count))
    let factor = 2 * sums.gradientScale(scale)
    forEachTile(count, of: Tiling.squares) { start, count in
      let (a, b) = (prediction + start, target + start)
      partials[start / Tiling.squares] = table.squaredDistance(a, b, count: count)
      guard let dPrediction else { return }
      table.scaledDifference(a, b, factor: factor, into: dPrediction + start, count: count)
    }
    sums.loss = (0..<blocks).reduce(0.0) { $0 + partials[$1] }
    return sums
  }

  /// Σ x² over `count` values in f64: fixed blocks, added in order.
  ///
  /// - Parameter workspace: `Workspace.sumOfSquares` bytes.
  public func sumOfSquares(
    _ x: Floats, count: Int, workspace: UnsafeMutableRawBufferPointer
  ) -> Double {
    var scratch = Scratch(
      workspace, needed: Workspace.sumOfSquares(count: count), operation: "sumOfSquares")
    let blocks = Tiling.blocks(count, of: Tiling.squares)
    let partials = scratch.doubles(blocks)
    forEachTile(count, of: Tiling.squares) { start, count in
      partials[start / Tiling.squares] = table.sumOfSquares(x + start, count: count)
    }
    return (0..<blocks).reduce(0.0) { $0 + partials[$1] }
  }
}
