import KernelTable

extension VectorKernels {
  func packLeft(_ source: ProductFactor, rows: Int, depth: Int, into panels: MutableFloats) {
    let packing = ProductPacking(source: source, lines: rows, depth: depth, panels: panels)
    packing.pack(width: ProductTile.rows)
  }

  func packRight(_ source: ProductFactor, columns: Int, depth: Int, into panels: MutableFloats) {
    let packing = ProductPacking(source: source, lines: columns, depth: depth, panels: panels)
    packing.pack(width: ProductTile.columns)
  }

  /// The panel that the outer loop holds in the L1 cache is the one of which more would have to
  /// come from the L2 cache for each multiply-add.
  func multiply(_ left: Floats, _ right: Floats, depth: Int, into block: ProductBlock) {
    func tile(_ row: Int, _ column: Int) {
      let part = ProductBlock(
        start: block.start + row &* block.stride + column, stride: block.stride,
        rows: min(ProductTile.rows, block.rows &- row),
        columns: min(ProductTile.columns, block.columns &- column),
        accumulate: block.accumulate)
      ProductTile(
        left: left + row &* depth, right: right + column &* depth, depth: depth, block: part
      ).compute()
    }
    let rows = stride(from: 0, to: block.rows, by: ProductTile.rows)
    let columns = stride(from: 0, to: block.columns, by: ProductTile.columns)
    #if WIDE_VECTORS
      // 48 KiB of columns would fill the L1 cache; the 18 KiB of rows don't.
      for row in rows { for column in columns { tile(row, column) } }
    #else
      for column in columns { for row in rows { tile(row, column) } }
    #endif
  }
}
