import KernelTable

/// A tile of a product that registers hold.
struct ProductTile<Source: TileSource, Row: ProductRow> {
  let source: Source
  var block: ProductBlock

  /// Computes the block, of at most `TileSize.rows` rows and as many columns as a row has.
  @inline(__always)
  func compute() {
    guard block.columns == Row.columns, block.rows % 2 == 0 else { return computeEdge() }
    computeRows()
  }

  /// Whole columns; maybe one row more than the block has.
  @inline(__always)
  private func computeRows() {
    if block.rows > 4 {
      computeSix()
    } else if block.rows > 2 {
      computeFour()
    } else {
      computeTwo()
    }
  }

  /// A block that no tile fits goes through a whole tile of scratch; the chains are the same.
  @inline(never)
  private func computeEdge() {
    withUnsafeTemporaryAllocation(
      of: Float.self, capacity: (TileSize.rows + 1) * Row.columns
    ) { scratch in
      guard let start = scratch.baseAddress else { return }
      var whole = self
      whole.block.start = start
      whole.block.stride = Row.columns
      if let matrix = block.addend.matrix {
        whole.block = whole.block.continued
        copyRows(matrix, stride: block.addend.stride, to: start, stride: Row.columns)
      }
      if let row = block.addend.row {
        let copy = start + TileSize.rows * Row.columns
        copyRow(row, to: copy)
        whole.block.addend.row = UnsafePointer(copy)
      }
      whole.computeRows()
      copyRows(start, stride: Row.columns, to: block.start, stride: block.stride)
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
  private func computeSix() {
    let zero = Row()
    var sums: InlineArray<6, Row> = [zero, zero, zero, zero, zero, zero]
    compute(&sums)
  }

  @inline(never)
  private func computeFour() {
    let zero = Row()
    var sums: InlineArray<4, Row> = [zero, zero, zero, zero]
    compute(&sums)
  }

  @inline(never)
  private func computeTwo() {
    let zero = Row()
    var sums: InlineArray<2, Row> = [zero, zero]
    compute(&sums)
  }

  @inline(__always)
  private func compute<let height: Int>(_ sums: inout InlineArray<height, Row>) {
    let addend = block.addend
    if let matrix = addend.matrix {
      for row in 0..<height { sums[row] = Row(matrix + row &* addend.stride) }
    }
    if let row = addend.row {
      let shared = Row(row)
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
