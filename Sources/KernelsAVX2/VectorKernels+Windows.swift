import KernelTable

extension VectorKernels {
  func packWindows(
    _ source: WindowFactor, places: Range<Int>, ks: Range<Int>, into panels: MutableFloats
  ) {
    WindowPacking(source: source, places: places, ks: ks, panels: panels).pack()
  }

  func packTaps(
    _ source: WindowFactor, taps: Range<Int>, places: Range<Int>, into panels: MutableFloats
  ) {
    TapPacking(source: source, taps: taps, places: places, panels: panels)
      .pack(width: TileSize.columns)
  }

  /// Each tap's part of k is a matrix: one row for each output.
  func packFilters(
    _ source: FilterFactor, columns: Range<Int>, ks: Range<Int>, into panels: MutableFloats
  ) {
    var k = ks.lowerBound
    while k < ks.upperBound {
      let (tap, output) = k.quotientAndRemainder(dividingBy: source.outputs)
      let count = min(source.outputs &- output, ks.upperBound &- k)
      let start =
        tap / source.taps.width &* source.tapStride.height
        &+ tap % source.taps.width &* source.tapStride.width
        &+ output &* source.outputStride &+ columns.lowerBound
      let part = ProductFactor(
        start: source.start + start, stride: source.outputStride, contiguousLines: false)
      ProductPacking(
        source: part, lines: columns.count, depth: count, panelDepth: ks.count,
        panels: panels + (k &- ks.lowerBound) &* TileSize.columns
      ).packRight()
      k &+= count
    }
  }
}
