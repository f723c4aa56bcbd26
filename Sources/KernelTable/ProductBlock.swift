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
  /// Whether products are added to what is there; else the block is only written.
  public var accumulate: Bool

  /// Creates a block.
  public init(start: MutableFloats, stride: Int, rows: Int, columns: Int, accumulate: Bool) {
    self.start = start
    self.stride = stride
    self.rows = rows
    self.columns = columns
    self.accumulate = accumulate
  }
}
