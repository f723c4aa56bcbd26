extension Workspace {
  /// Scratch of a convolution's forward pass.
  public static func convolution(_ shape: ConvolutionShape, threads: Int) -> Int {
    product(
      m: shape.windows.rows, n: shape.groupOutputs, k: shape.depth, threads: threads)
  }

  /// Scratch of a convolution's gradient by its input.
  public static func convolutionBackwardInput(_ shape: ConvolutionShape, threads: Int) -> Int {
    let classes = shape.windows.pixelClasses
    let isScattered = classes.count > 1
    return classes.filter { $0.taps.count > 0 }.map { pixels in
      let tiling = ProductTiling(
        m: shape.windows.batch * pixels.grid.count, n: shape.groupInputs,
        k: pixels.taps.count * shape.groupOutputs, threads: threads)
      return floats(tiling.leftFloats) + floats(tiling.workers * tiling.rightFloats)
        + (isScattered ? floats(tiling.workers * tiling.partFloats) : 0)
    }.max() ?? 0
  }

  /// Scratch of a convolution's gradient by its weight.
  public static func convolutionBackwardWeight(_ shape: ConvolutionShape, threads: Int) -> Int {
    product(
      m: shape.groupOutputs, n: shape.depth, k: shape.windows.rows, threads: threads)
  }
}
