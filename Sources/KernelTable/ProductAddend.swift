/// What is added to a product: a matrix, a row that all of its rows share, both, or nothing.
public struct ProductAddend {
  /// The matrix's first element.
  public var matrix: Floats?
  /// Floats from row to row of the matrix.
  public var stride: Int
  /// The row's first element.
  public var row: Floats?

  /// Creates an addend.
  public init(matrix: Floats? = nil, stride: Int = 0, row: Floats? = nil) {
    self.matrix = matrix
    self.stride = stride
    self.row = row
  }

  /// What is added to the part of the product from an element on.
  @inlinable
  public func from(row number: Int, column: Int) -> ProductAddend {
    ProductAddend(
      matrix: matrix.map { $0 + (number &* stride &+ column) }, stride: stride,
      row: row.map { $0 + column })
  }
}
