/// The parts of a matrix product: factors packed into panels, and blocks computed from panels.
///
/// Each element of the result is one chain of fused multiply-adds in the order of k, from 0 or from
/// what is there, whatever the tiles: its bits depend on neither tiling, nor threads, nor build.
/// The scheme is that of Goto & van de Geijn 2008 and Van Zee & van de Geijn 2015 (BLIS).
public protocol ProductKernels: Sendable {
  /// Packs rows of the left factor into panels of `depth` k, of which the source has those in `ks`;
  /// the panels have as many floats as `ProductTiling.leftFloats`.
  func packLeft(
    _ source: ProductFactor, rows: Int, ks: Range<Int>, of depth: Int, into panels: MutableFloats)

  /// Packs columns of the right factor into panels; `ProductTiling.rightFloats` floats.
  func packRight(
    _ source: ProductFactor, columns: Int, ks: Range<Int>, of depth: Int, into panels: MutableFloats
  )

  /// Packs windows as rows of the left factor, in a stretch of k: taps and their channels.
  func packWindows(
    _ source: WindowFactor, places: Range<Int>, ks: Range<Int>, into panels: MutableFloats)

  /// Packs taps' channels as columns of the right factor, in a stretch of k: places.
  func packTaps(
    _ source: WindowFactor, taps: Range<Int>, places: Range<Int>, into panels: MutableFloats)

  /// Packs input channels as columns of the right factor, in a stretch of k: taps and their outputs.
  func packFilters(
    _ source: FilterFactor, columns: Range<Int>, ks: Range<Int>, into panels: MutableFloats)

  /// Computes a block from packed rows and columns.
  func multiply(_ left: Floats, _ right: Floats, depth: Int, into block: ProductBlock)

  /// Copies some rows of a strip's pixels, of the lines of an image that begin with `line`.
  ///
  /// - Parameter pixels: the strip's first row.
  func copyStrip(
    _ strip: WindowStrip, image: Int, line: Int, rows: Range<Int>, into pixels: MutableFloats)

  /// Computes a block from rows as they lie, `rowStride` apart and contiguous along each segment of
  /// k, and from packed columns; may read one row more.
  func multiply(
    rows left: Floats, rowStride: Int, segments: UnsafeBufferPointer<ProductSegment>,
    _ right: Floats, depth: Int, into block: ProductBlock)
}
