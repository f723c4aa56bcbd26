/// The tile of a product that registers hold.
enum TileSize {
  #if WIDE_VECTORS
    static let rows = 12
  #else
    static let rows = 6
  #endif
  static let columns = ProductRow.columns
}
