import KernelTable

/// Sums over rows in two steps: one partial sum for each fixed block of rows, then the blocks in
/// order; so the bits depend on the shape alone.
struct RowPartials {
  /// How many blocks there are.
  let blocks: Int
  private let rows: Int
  private let blockRows: Int
  private let width: Int
  private let stride: Int
  private let start: MutableFloats

  /// Takes room for `sums` sums of `width` floats for each block.
  init(rows: Int, width: Int, sums: Int, scratch: inout Scratch) {
    self.rows = rows
    self.width = width
    blockRows = Tiling.rowBlock(rows: rows)
    blocks = Tiling.blocks(rows, of: blockRows)
    stride = Workspace.floats(width) / MemoryLayout<Float>.stride
    start = scratch.floats(sums * blocks * stride)
    self.sums = sums
  }

  private let sums: Int

  /// Zeroes a block's sums and returns its rows.
  func clear(_ block: Int) -> Range<Int> {
    sum(0, of: block).update(repeating: 0, count: sums * stride)
    return rows(of: block)
  }

  /// A block's rows.
  func rows(of block: Int) -> Range<Int> {
    block * blockRows..<min(rows, (block + 1) * blockRows)
  }

  /// The `index`-th sum of a block.
  func sum(_ index: Int, of block: Int) -> MutableFloats {
    start + (block * sums + index) * stride
  }

  /// result = the blocks' `index`-th sums in order, added to it if `accumulate`.
  func combine(
    _ index: Int, into result: MutableFloats, accumulate: Bool, table: any KernelTable
  ) {
    if !accumulate { result.update(repeating: 0, count: width) }
    table.addRows(
      sum(index, of: 0), rows: blocks, stride: sums * stride, into: result, count: width)
  }
}
