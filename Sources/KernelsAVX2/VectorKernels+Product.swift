import KernelTable

extension VectorKernels {
  func packLeft(_ source: ProductFactor, rows: Int, depth: Int, into panels: MutableFloats) {
    let packing = ProductPacking(
      source: source, lines: rows, depth: depth, panelDepth: depth, panels: panels)
    packing.pack(width: ProductTile.rows)
  }

  func packRight(_ source: ProductFactor, columns: Int, depth: Int, into panels: MutableFloats) {
    let packing = ProductPacking(
      source: source, lines: columns, depth: depth, panelDepth: depth, panels: panels)
    packing.pack(width: ProductTile.columns)
  }

  /// Rows are the outer loop: a panel of them stays in the L1 cache while columns stream from L2.
  func multiply(_ left: Floats, _ right: Floats, depth: Int, into block: ProductBlock) {
    for row in stride(from: 0, to: block.rows, by: ProductTile.rows) {
      for column in stride(from: 0, to: block.columns, by: ProductTile.columns) {
        let part = ProductBlock(
          start: block.start + row &* block.stride + column, stride: block.stride,
          rows: min(ProductTile.rows, block.rows &- row),
          columns: min(ProductTile.columns, block.columns &- column),
          accumulate: block.accumulate)
        ProductTile(
          left: left + row &* depth, right: right + column &* depth, depth: depth, block: part
        ).compute()
      }
    }
  }
}
