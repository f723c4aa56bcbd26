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
      of: Float.self, capacity: TileSize.rows * TileSize.columns
    ) { scratch in
      guard let start = scratch.baseAddress else { return }
      var whole = self
      whole.block.start = start
      whole.block.stride = TileSize.columns
      if block.accumulate { Self.copy(block, to: whole.block) }
      whole.computeRows()
      Self.copy(whole.block, to: block)
    }
  }

  private static func copy(_ source: ProductBlock, to target: ProductBlock) {
    for row in 0..<target.rows {
      let (from, to) = (source.start + row &* source.stride, target.start + row &* target.stride)
      for column in 0..<target.columns { to[column] = from[column] }
    }
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
    if block.accumulate {
      for row in 0..<height { sums[row] = ProductRow(block.start + row &* block.stride) }
    }
    source.add(to: &sums)
    for row in 0..<height { sums[row].store(to: block.start + row &* block.stride) }
  }
}
