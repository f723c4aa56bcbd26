public import KernelTable

/// Convolutions as matrix products whose factors are gathered from images while they are packed
/// (implicit GEMM: Chetlur et al. 2014, section 3.1), so that no unfolded image exists.
///
/// Each result is one chain of fused multiply-adds, as in every product: over taps and channels
/// forwards, over taps and outputs for dx, over places for the weight's gradient.
extension Kernels {
  /// y = x ∗ weight + bias, with `ConvolutionShape`'s layouts; bias is [outputs].
  ///
  /// - Parameter workspace: `Workspace.convolution` bytes.
  public func convolutionForward(
    _ shape: ConvolutionShape, x: Floats, weight: Floats, bias: Floats?, into y: MutableFloats,
    workspace: UnsafeMutableRawBufferPointer
  ) {
    for group in 0..<shape.groups {
      let factors = ConvolutionFactors(shape: shape, group: group)
      var result = ProductBlock(
        start: y + group * shape.groupOutputs, stride: shape.outputs, rows: shape.windows.rows,
        columns: shape.groupOutputs)
      result.addend.row = bias.map { $0 + group * shape.groupOutputs }
      let filter = ProductFactor(
        start: factors.weight(weight), stride: shape.depth, contiguousLines: true)
      run(
        factors.windows(of: x), .matrix(filter), into: result, depth: shape.depth, workspace)
    }
  }

  /// dx = Σ over the places and taps that read each pixel of dy · weight, added if `accumulate`.
  ///
  /// - Parameter workspace: `Workspace.convolutionBackwardInput` bytes.
  public func convolutionBackwardInput(
    _ shape: ConvolutionShape, dy: Floats, weight: Floats, into dx: MutableFloats,
    accumulate: Bool, workspace: UnsafeMutableRawBufferPointer
  ) {
    let classes = shape.windows.pixelClasses
    for pixels in classes {
      let rows = ScatteredRows(pixels, of: shape.windows)
      guard pixels.taps.count > 0 else {
        if !accumulate {
          rows.clear(
            dx, batch: shape.windows.batch, stride: shape.inputs, columns: shape.inputs)
        }
        continue
      }
      for group in 0..<shape.groups {
        let factors = ConvolutionFactors(shape: shape, group: group)
        let result = ProductBlock(
          start: dx + group * shape.groupInputs, stride: shape.inputs,
          rows: shape.windows.batch * pixels.grid.count, columns: shape.groupInputs,
          accumulate: accumulate)
        run(
          factors.readers(in: dy, of: pixels),
          .filters(factors.filters(of: weight, for: pixels)), into: result,
          scattered: classes.count > 1 ? rows : nil,
          depth: pixels.taps.count * shape.groupOutputs, workspace)
      }
    }
  }

  /// dw = Σ over places of dy · the window's values, added if `accumulate`.
  ///
  /// - Parameter workspace: `Workspace.convolutionBackwardWeight` bytes.
  public func convolutionBackwardWeight(
    _ shape: ConvolutionShape, dy: Floats, x: Floats, into dw: MutableFloats, accumulate: Bool,
    workspace: UnsafeMutableRawBufferPointer
  ) {
    for group in 0..<shape.groups {
      let factors = ConvolutionFactors(shape: shape, group: group)
      let gradient = ProductFactor(
        start: dy + group * shape.groupOutputs, stride: shape.outputs, contiguousLines: false)
      let result = ProductBlock(
        start: factors.weight(dw), stride: shape.depth, rows: shape.groupOutputs,
        columns: shape.depth, accumulate: accumulate)
      var scratch = Scratch(workspace, needed: 0, operation: "convolution")
      ProductRun(
        left: .matrix(gradient), right: .windows(factors.windows(of: x)), result: result,
        depth: shape.windows.rows, kernels: self, scratch: &scratch
      ).run()
    }
  }

  /// A product with windows as rows.
  private func run(
    _ windows: WindowFactor, _ right: ProductSource, into result: ProductBlock,
    scattered: ScatteredRows? = nil, depth: Int, _ workspace: UnsafeMutableRawBufferPointer
  ) {
    var scratch = Scratch(workspace, needed: 0, operation: "convolution")
    if let run = WindowRun(
      windows: windows, right: right, result: result, scattered: scattered, depth: depth,
      kernels: self, scratch: &scratch)
    {
      return run.run()
    }
    ProductRun(
      left: .windows(windows), right: right, result: result, scattered: scattered, depth: depth,
      kernels: self, scratch: &scratch
    ).run()
  }
}
