import KernelTable

/// Where a register tile of a product takes its factors from; a type of its own each, so that the
/// inner loop is built for it.
protocol TileSource {
  /// Adds the products along k to the sums of rows: unrolled over the rows, which stay in registers.
  func add<let height: Int>(to sums: inout InlineArray<height, ProductRow>)
}

/// A packed panel of rows and one of columns.
struct PackedSource: TileSource {
  let left: Floats
  let right: Floats
  let depth: Int

  @inline(__always)
  func add<let height: Int>(to sums: inout InlineArray<height, ProductRow>) {
    var (left, right) = (left, right)
    for _ in 0..<depth {
      let columns = ProductRow(right)
      for row in 0..<height { sums[row].add(left[row], columns) }
      left += TileSize.rows
      right += TileSize.columns
    }
  }
}

/// Rows as they lie, and a packed panel of columns.
struct RowsInPlace: TileSource {
  let left: Floats
  let rowStride: Int
  let segments: UnsafeBufferPointer<ProductSegment>
  let right: Floats

  @inline(__always)
  func add<let height: Int>(to sums: inout InlineArray<height, ProductRow>) {
    var right = right
    for segment in segments {
      var left = left + segment.offset
      for _ in 0..<segment.depth {
        let columns = ProductRow(right)
        for row in 0..<height { sums[row].add(left[row &* rowStride], columns) }
        left += 1
        right += TileSize.columns
      }
    }
  }
}
