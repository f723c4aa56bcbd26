/// Where costs are kept between runs; one that can't keep any gives back nothing.
struct CostShelf {
  /// All costs that are kept of this machine, by operation.
  var find: () -> [String: Double]
  /// Keeps costs, and tells all that are kept afterwards.
  var keep: ([String: Double]) -> [String: Double]

  /// Keeps nothing.
  static var none: CostShelf { CostShelf(find: { [:] }, keep: { _ in [:] }) }
}
