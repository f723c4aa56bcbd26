/// Where the values of a matrix product's factor are.
public enum ProductSource {
  /// In a matrix.
  case matrix(ProductFactor)
  /// In the rows of a matrix that aren't zero, which are k: one stretch after the other.
  case rows(ProductFactor, RowRuns)
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
        ks: 0..<ks.count, of: ks.count, into: panels)
    case .rows(let factor, let runs):
      var place = 0
      for part in runs.parts(inPlaces: ks) {
        packLeft(
          factor.from(line: rows.lowerBound, depth: part.lowerBound), rows: rows.count,
          ks: place..<place + part.count, of: ks.count, into: panels)
        place += part.count
      }
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
        ks: 0..<ks.count, of: ks.count, into: panels)
    case .rows(let factor, let runs):
      var place = 0
      for part in runs.parts(inPlaces: ks) {
        packRight(
          factor.from(line: columns.lowerBound, depth: part.lowerBound), columns: columns.count,
          ks: place..<place + part.count, of: ks.count, into: panels)
        place += part.count
      }
    case .windows(let factor): packTaps(factor, taps: columns, places: ks, into: panels)
    case .filters(let factor): packFilters(factor, columns: columns, ks: ks, into: panels)
    }
  }
}
