/// Loops over rows with something for each column: what batch and group norm are made of.
///
/// Rows lie side by side: x[rows, width]. Each column's sum is one chain over the rows in order.
public protocol ColumnKernels: Sendable {
  /// sums += (x − centers)² for each row in turn.
  func addSquares(
    _ x: Floats, centers: Floats, rows: Int, into sums: MutableFloats, width: Int)

  /// y = (x − centers) · factors + shifts (+ residual), and max(0, that) if `relu`; y may be x or the
  /// residual.
  func affineColumns(
    _ x: Floats, _ columns: ColumnAffine, residual: Floats?, relu: Bool, into y: MutableFloats,
    rows: Int)

  /// plain += g and weighted += g · (x − centers) for each row in turn, where g is dy behind `gate`.
  ///
  /// - Parameter gated: gets g, if it is given; it may be dy.
  func addColumnGradients(
    _ dy: Floats, x: Floats, centers: Floats, gate: ColumnGate, plain: MutableFloats,
    weighted: MutableFloats, gated: MutableFloats?, rows: Int, width: Int)

  /// dx = g · factors + ((x − centers) · slopes + shifts), added to dx if `accumulate`; dx may be dy.
  func columnGradients(
    _ dy: Floats, x: Floats, _ columns: ColumnAffine, slopes: Floats, gate: ColumnGate,
    into dx: MutableFloats, accumulate: Bool, rows: Int)
}

/// What is done to each column.
public struct ColumnAffine {
  /// Is subtracted first.
  public var centers: Floats
  /// Is multiplied by.
  public var factors: Floats
  /// Is added.
  public var shifts: Floats
  /// Columns.
  public var width: Int

  /// Creates a map.
  public init(centers: Floats, factors: Floats, shifts: Floats, width: Int) {
    self.centers = centers
    self.factors = factors
    self.shifts = shifts
    self.width = width
  }
}

/// Where a ReLU let values through, so that gradients pass.
public enum ColumnGate {
  /// Everywhere: there was no ReLU.
  case open
  /// Where this result is positive: [rows, width].
  case result(Floats)
  /// Where the map of x is positive; it is computed again.
  case affine(ColumnAffine)
}
