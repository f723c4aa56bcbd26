/// A block of a matrix product's result.
public struct ProductBlock {
  /// The first element.
  public var start: MutableFloats
  /// Floats from row to row.
  public var stride: Int
  /// Its rows.
  public var rows: Int
  /// Its columns.
  public var columns: Int
  /// What products are added to, which may be what is there.
  public var addend: ProductAddend

  /// Creates a block that is only written, or one to which products are added.
  public init(
    start: MutableFloats, stride: Int, rows: Int, columns: Int, accumulate: Bool = false
  ) {
    self.start = start
    self.stride = stride
    self.rows = rows
    self.columns = columns
    addend = accumulate ? ProductAddend(matrix: start, stride: stride) : ProductAddend()
  }

  /// A part of the block.
  @inlinable
  public func part(rows: Range<Int>, columns: Range<Int>) -> ProductBlock {
    let (row, column) = (rows.lowerBound, columns.lowerBound)
    var part = self
    part.start = start + (row &* stride &+ column)
    part.rows = rows.count
    part.columns = columns.count
    part.addend = addend.from(row: row, column: column)
    return part
  }

  /// The block, with what is there as addend.
  public var continued: ProductBlock {
    ProductBlock(start: start, stride: stride, rows: rows, columns: columns, accumulate: true)
  }
}
