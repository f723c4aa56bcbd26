/// The sizes of what registers hold of a product, and of what is packed for it.
enum TileSize {
  /// Rows of a tile, and of a packed panel of rows.
  static let rows = 6
  /// Columns of a packed panel of columns.
  static let columns = NarrowRow.columns
}
