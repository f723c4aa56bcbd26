import CPrefetch
import KernelTable

extension VectorKernels {
  func packLeft(
    _ source: ProductFactor, rows: Int, ks: Range<Int>, of depth: Int, into panels: MutableFloats
  ) {
    ProductPacking(
      source: source, lines: rows, depth: ks.count, panelDepth: depth,
      panels: panels + ks.lowerBound &* TileSize.rows
    ).packLeft()
  }

  func packRight(
    _ source: ProductFactor, columns: Int, ks: Range<Int>, of depth: Int, into panels: MutableFloats
  ) {
    ProductPacking(
      source: source, lines: columns, depth: ks.count, panelDepth: depth,
      panels: panels + ks.lowerBound &* TileSize.columns
    ).packRight()
  }

  func multiply(_ left: Floats, _ right: Floats, depth: Int, into block: ProductBlock) {
    forEachTile(block) { row, column in
      PackedSource(left: left + row &* depth, right: right + column &* depth, depth: depth)
    }
  }

  func multiply(
    rows left: Floats, rowStride: Int, segments: UnsafeBufferPointer<ProductSegment>,
    _ right: Floats, depth: Int, into block: ProductBlock
  ) {
    forEachTile(block) { row, column in
      RowsInPlace(
        left: left + row &* rowStride, rowStride: rowStride, segments: segments,
        right: right + column &* depth, depth: depth)
    }
  }

  /// Rows are the outer loop: a panel of them stays in the L1 cache while columns stream from L2.
  @inline(__always)
  private func forEachTile(
    _ block: ProductBlock, _ source: (_ row: Int, _ column: Int) -> some TileSource
  ) {
    // The last columns may fill but one panel.
    let rest = block.columns % WideRow.columns
    let wide = rest > NarrowRow.columns ? block.columns : block.columns &- rest
    for row in stride(from: 0, to: block.rows, by: TileSize.rows) {
      let rows = row..<min(row &+ TileSize.rows, block.rows)
      for column in stride(from: 0, to: wide, by: WideRow.columns) {
        requestAddend(after: row, column &+ WideRow.columns, of: block)
        ProductTile<_, WideRow>(
          source: source(row, column),
          block: block.part(
            rows: rows, columns: column..<min(column &+ WideRow.columns, block.columns))
        ).compute()
      }
      guard wide < block.columns else { continue }
      requestAddend(after: row, block.columns, of: block)
      ProductTile<_, NarrowRow>(
        source: source(row, wide), block: block.part(rows: rows, columns: wide..<block.columns)
      ).compute()
    }
  }

  /// Asks for what the next tile is added to: it comes from memory while this one is computed.
  @inline(__always)
  private func requestAddend(after row: Int, _ column: Int, of block: ProductBlock) {
    guard let matrix = block.addend.matrix else { return }
    let isLast = column >= block.columns
    let (nextRow, nextColumn) = isLast ? (row &+ TileSize.rows, 0) : (row, column)
    var next = matrix + (nextRow &* block.addend.stride &+ nextColumn)
    for _ in 0..<TileSize.rows {
      for column in stride(from: 0, to: WideRow.columns, by: lanes) {
        nbrun_prefetch(next + column)
      }
      next += block.addend.stride
    }
  }
}
