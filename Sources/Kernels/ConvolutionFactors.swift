import KernelTable

/// A group of a convolution as factors of matrix products.
struct ConvolutionFactors {
  let shape: ConvolutionShape
  let group: Int

  /// x's windows: a row for each place, the values of its window along it.
  func windows(of x: Floats) -> WindowFactor {
    let windows = shape.windows
    return WindowFactor(
      start: x + group * shape.groupInputs, image: windows.image, pixelStride: shape.inputs,
      channels: shape.groupInputs, grid: windows.places,
      vertical: WindowFactor.Axis(
        taps: windows.kernel.height, origin: -windows.padding.height,
        placeStep: windows.stride.height, tapStep: windows.dilation.height),
      horizontal: WindowFactor.Axis(
        taps: windows.kernel.width, origin: -windows.padding.width,
        placeStep: windows.stride.width, tapStep: windows.dilation.width))
  }

  /// For pixels of a class, the gradients of the places that read them.
  func readers(in dy: Floats, of pixels: PixelClass) -> WindowFactor {
    WindowFactor(
      start: dy + group * shape.groupOutputs, image: shape.windows.places,
      pixelStride: shape.outputs, channels: shape.groupOutputs, grid: pixels.grid,
      vertical: WindowFactor.Axis(pixels.vertical),
      horizontal: WindowFactor.Axis(pixels.horizontal))
  }

  /// The weights by which those places read them.
  func filters(of weight: Floats, for pixels: PixelClass) -> FilterFactor {
    let (down, across) = (pixels.vertical, pixels.horizontal)
    let width = shape.windows.kernel.width
    let first = (down.firstTap * width + across.firstTap) * shape.groupInputs
    return FilterFactor(
      start: self.weight(weight) + first, outputStride: shape.depth, outputs: shape.groupOutputs,
      taps: pixels.taps,
      tapStride: PlaneSize(
        down.tapStep * width * shape.groupInputs, across.tapStep * shape.groupInputs))
  }

  /// The group's part of the weight.
  func weight<Pointer: Strideable>(_ weight: Pointer) -> Pointer where Pointer.Stride == Int {
    weight.advanced(by: group * shape.groupOutputs * shape.depth)
  }
}

extension WindowFactor.Axis {
  fileprivate init(_ pixels: PixelClass.Axis) {
    self.init(
      taps: pixels.taps, origin: pixels.window, placeStep: 1, tapStep: pixels.windowStep)
  }
}

extension ScatteredRows {
  /// The pixels of a class.
  init(_ pixels: PixelClass, of windows: WindowShape) {
    self.init(
      origin: PlaneSize(pixels.vertical.first, pixels.horizontal.first), step: windows.stride,
      image: windows.image, grid: pixels.grid)
  }
}
