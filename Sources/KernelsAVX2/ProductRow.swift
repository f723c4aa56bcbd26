import KernelTable

/// One row of a register tile.
protocol ProductRow: BitwiseCopyable {
  /// How many columns it has.
  static var columns: Int { get }

  /// Zeros.
  init()

  /// The values from `start` on.
  init(_ start: Floats)

  /// The values of one k in panels of columns, the first of them at `start`, `distance` floats apart.
  init(panels start: Floats, distance: Int)

  mutating func add(_ other: Self)

  /// Adds left · right, rounded once.
  mutating func add(_ left: Float, _ right: Self)

  func store(to start: MutableFloats)
}
