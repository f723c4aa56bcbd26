import KernelTable

/// A tile of a product that registers hold.
struct ProductTile<Source: TileSource> {
  let source: Source
  var block: ProductBlock

  /// Computes the block, of at most `TileSize.rows` rows and `TileSize.columns` columns.
  @inline(__always)
  func compute() {
    guard block.columns == TileSize.columns, block.rows % (TileSize.rows / 3) == 0 else {
      return computeEdge()
    }
    computeRows()
  }

  /// Whole columns; up to a third of the rows more than the block has.
  @inline(__always)
  private func computeRows() {
    if block.rows > TileSize.rows / 3 * 2 {
      computeAll()
    } else if block.rows > TileSize.rows / 3 {
      computeTwoThirds()
    } else {
      computeThird()
    }
  }

  /// A block that no tile fits goes through a whole tile of scratch; the chains are the same.
  @inline(never)
  private func computeEdge() {
    withUnsafeTemporaryAllocation(
      of: Float.self, capacity: (TileSize.rows + 1) * TileSize.columns
    ) { scratch in
      guard let start = scratch.baseAddress else { return }
      var whole = self
      whole.block.start = start
      whole.block.stride = TileSize.columns
      if let matrix = block.addend.matrix {
        whole.block = whole.block.continued
        copyRows(matrix, stride: block.addend.stride, to: start, stride: TileSize.columns)
      }
      if let row = block.addend.row {
        let copy = start + TileSize.rows * TileSize.columns
        copyRow(row, to: copy)
        whole.block.addend.row = UnsafePointer(copy)
      }
      whole.computeRows()
      copyRows(start, stride: TileSize.columns, to: block.start, stride: block.stride)
    }
  }

  private func copyRows(
    _ source: Floats, stride: Int, to target: MutableFloats, stride targetStride: Int
  ) {
    for row in 0..<block.rows { copyRow(source + row &* stride, to: target + row &* targetStride) }
  }

  private func copyRow(_ source: Floats, to target: MutableFloats) {
    for column in 0..<block.columns { target[column] = source[column] }
  }

  // The sums are written as literals: a call that repeats one value takes their address, and they
  // then are stored to memory after each addition.

  @inline(never)
  private func computeAll() {
    let zero = ProductRow()
    #if WIDE_VECTORS
      var sums: InlineArray<12, ProductRow> = [
        zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero,
      ]
    #else
      var sums: InlineArray<6, ProductRow> = [zero, zero, zero, zero, zero, zero]
    #endif
    compute(&sums)
  }

  @inline(never)
  private func computeTwoThirds() {
    let zero = ProductRow()
    #if WIDE_VECTORS
      var sums: InlineArray<8, ProductRow> = [zero, zero, zero, zero, zero, zero, zero, zero]
    #else
      var sums: InlineArray<4, ProductRow> = [zero, zero, zero, zero]
    #endif
    compute(&sums)
  }

  @inline(never)
  private func computeThird() {
    let zero = ProductRow()
    #if WIDE_VECTORS
      var sums: InlineArray<4, ProductRow> = [zero, zero, zero, zero]
    #else
      var sums: InlineArray<2, ProductRow> = [zero, zero]
    #endif
    compute(&sums)
  }

  @inline(__always)
  private func compute<let height: Int>(_ sums: inout InlineArray<height, ProductRow>) {
    let addend = block.addend
    if let matrix = addend.matrix {
      for row in 0..<height { sums[row] = ProductRow(matrix + row &* addend.stride) }
    }
    if let row = addend.row {
      let shared = ProductRow(row)
      if addend.matrix == nil {
        for row in 0..<height { sums[row] = shared }
      } else {
        for row in 0..<height { sums[row].add(shared) }
      }
    }
    source.add(to: &sums)
    for row in 0..<height { sums[row].store(to: block.start + row &* block.stride) }
  }
}
