public import KernelTable

extension Kernels {
  /// scale · Σ (prediction − target)² over `count` values, with the sums in f64.
  ///
  /// - Parameters:
  ///   - scale: 1 ÷ count, for a mean.
  ///   - dPrediction: gets the gradient 2·scale·(prediction − target); may be `prediction`.
  ///   - workspace: `Workspace.meanSquaredError` bytes.
  public func meanSquaredError(
    prediction: Floats, target: Floats, dPrediction: MutableFloats?, count: Int, scale: Float,
    workspace: UnsafeMutableRawBufferPointer
  ) -> Float {
    var scratch = Scratch(
      workspace, needed: Workspace.meanSquaredError(count: count), operation: "meanSquaredError")
    let blocks = Tiling.blocks(count, of: Tiling.squares)
    let partials = scratch.doubles(blocks)
    forEachTile(count, of: Tiling.squares) { start, count in
      let (a, b) = (prediction + start, target + start)
      partials[start / Tiling.squares] = table.squaredDistance(a, b, count: count)
      guard let dPrediction else { return }
      table.scaledDifference(a, b, factor: 2 * scale, into: dPrediction + start, count: count)
    }
    return Float((0..<blocks).reduce(0.0) { $0 + partials[$1] } * Double(scale))
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
