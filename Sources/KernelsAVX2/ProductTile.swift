import KernelTable

/// A tile of a product that registers hold, from one panel of rows and one of columns.
struct ProductTile {
  #if WIDE_VECTORS
    static let rows = 12
  #else
    static let rows = 6
  #endif
  static let columns = ProductRow.columns

  let left: Floats
  let right: Floats
  let depth: Int
  var block: ProductBlock

  /// Computes the block, of at most `rows` rows and `columns` columns.
  @inline(__always)
  func compute() {
    guard block.columns == Self.columns, block.rows % (Self.rows / 3) == 0 else {
      return computeEdge()
    }
    computeRows()
  }

  /// Whole columns; up to a third of the rows more than the block has.
  @inline(__always)
  private func computeRows() {
    if block.rows > Self.rows / 3 * 2 {
      computeAll()
    } else if block.rows > Self.rows / 3 {
      computeTwoThirds()
    } else {
      computeThird()
    }
  }

  /// A block that no tile fits goes through a whole tile of scratch; the chains are the same.
  @inline(never)
  private func computeEdge() {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.rows * Self.columns) { scratch in
      guard let start = scratch.baseAddress else { return }
      var whole = self
      whole.block.start = start
      whole.block.stride = Self.columns
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

  @inline(never)
  private func computeAll() {
    #if WIDE_VECTORS
      var sums = InlineArray<12, ProductRow>(repeating: ProductRow())
    #else
      var sums = InlineArray<6, ProductRow>(repeating: ProductRow())
    #endif
    compute(&sums)
  }

  @inline(never)
  private func computeTwoThirds() {
    #if WIDE_VECTORS
      var sums = InlineArray<8, ProductRow>(repeating: ProductRow())
    #else
      var sums = InlineArray<4, ProductRow>(repeating: ProductRow())
    #endif
    compute(&sums)
  }

  @inline(never)
  private func computeThird() {
    #if WIDE_VECTORS
      var sums = InlineArray<4, ProductRow>(repeating: ProductRow())
    #else
      var sums = InlineArray<2, ProductRow>(repeating: ProductRow())
    #endif
    compute(&sums)
  }

  /// The inner loop: unrolled over the rows, whose sums stay in registers.
  @inline(__always)
  private func compute<let height: Int>(_ sums: inout InlineArray<height, ProductRow>) {
    if block.accumulate {
      for row in 0..<height { sums[row] = ProductRow(block.start + row &* block.stride) }
    }
    var (left, right) = (left, right)
    for _ in 0..<depth {
      let columns = ProductRow(right)
      for row in 0..<height { sums[row].add(left[row], columns) }
      left += Self.rows
      right += Self.columns
    }
    for row in 0..<height { sums[row].store(to: block.start + row &* block.stride) }
  }
}
