/// Where the values of a matrix product's factor are.
public enum ProductSource {
  /// In a matrix.
  case matrix(ProductFactor)
  /// In images: as left factor a line is a window, as right factor it is a tap's channel.
  case windows(WindowFactor)
  /// In a convolution's weight; a right factor only.
  case filters(FilterFactor)
}

extension ProductKernels {
  /// Packs rows of the left factor, in a stretch of k.
  public func packLeft(
    _ source: ProductSource, rows: Range<Int>, ks: Range<Int>, into panels: MutableFloats
  ) {
    switch source {
    case .matrix(let factor):
      packLeft(
        factor.from(line: rows.lowerBound, depth: ks.lowerBound), rows: rows.count,
        depth: ks.count, into: panels)
    case .windows(let factor): packWindows(factor, places: rows, ks: ks, into: panels)
    case .filters: preconditionFailure("filters are a right factor")
    }
  }

  /// Packs columns of the right factor, in a stretch of k.
  public func packRight(
    _ source: ProductSource, columns: Range<Int>, ks: Range<Int>, into panels: MutableFloats
  ) {
    switch source {
    case .matrix(let factor):
      packRight(
        factor.from(line: columns.lowerBound, depth: ks.lowerBound), columns: columns.count,
        depth: ks.count, into: panels)
    case .windows(let factor): packTaps(factor, taps: columns, places: ks, into: panels)
    case .filters(let factor): packFilters(factor, columns: columns, ks: ks, into: panels)
    }
  }
}
