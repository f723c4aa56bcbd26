/// One tile of attention scores: some queries of one head against some keys.
public struct AttentionTile {
  /// Queries in the tile.
  public var rows: Int
  /// Keys in the tile.
  public var columns: Int
  /// Floats from one row of the tile to the next; at least `columns` rounded up to 16.
  public var stride: Int
  /// The position of the first query.
  public var firstRow: Int
  /// The position of the first key.
  public var firstColumn: Int
  /// Positions of the sequence.
  public var time: Int
  /// Whether a query sees only itself and earlier positions.
  public var causal: Bool
  /// What scores are multiplied by.
  public var scale: Float
  /// The sequence's and head's number: b·heads + h.
  public var head: Int
  /// Dropout of weights; element ((b·heads + h)·time + i)·time + j of the mask is for weight i, j.
  public var dropout: DropoutMask?
  /// For each key of the tile 1, or 0 where it is padding that no query sees; nil where none is.
  public var padding: UnsafePointer<Int32>?

  /// Creates a tile.
  public init(
    rows: Int, columns: Int, stride: Int, firstRow: Int, firstColumn: Int, time: Int,
    causal: Bool, scale: Float, head: Int, dropout: DropoutMask?,
    padding: UnsafePointer<Int32>? = nil
  ) {
    self.rows = rows
    self.columns = columns
    self.stride = stride
    self.firstRow = firstRow
    self.firstColumn = firstColumn
    self.time = time
    self.causal = causal
    self.scale = scale
    self.head = head
    self.dropout = dropout
    self.padding = padding
  }

  /// How many of the tile's keys its query `row` sees.
  @inlinable
  public func visible(row: Int) -> Int {
    causal ? max(0, min(columns, firstRow + row + 1 - firstColumn)) : columns
  }

  /// The mask's element for query `row` and the tile's first key.
  @inlinable
  public func maskStart(row: Int) -> UInt64 {
    UInt64((head * time + firstRow + row) * time + firstColumn)
  }
}
