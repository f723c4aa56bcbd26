/// How far numbers may lie apart before a diff calls them changed.
public struct Tolerances: Sendable, Equatable {
  /// An absolute and a relative bound: |a − b| ≤ absolute + relative · |b|.
  public struct Bound: Sendable, Equatable {
    /// The absolute part, in the value's unit.
    public var absolute: Double
    /// The part that grows with the second value.
    public var relative: Double

    /// Creates a bound; without arguments only equal numbers pass.
    public init(absolute: Double = 0, relative: Double = 0) {
      self.absolute = absolute
      self.relative = relative
    }

    /// Whether two numbers lie within the bound; NaN equals NaN and nothing else.
    public func admits(_ first: Double, _ second: Double) -> Bool {
      if first == second || (first.isNaN && second.isNaN) { return true }
      return (first - second).magnitude <= absolute + relative * second.magnitude
    }
  }

  /// The bound for numbers that have none of their own.
  public var fallback: Bound
  /// Bounds by cell and name: `loss` holds for `loss.first`, `loss.last` and `loss.min` too.
  public var byCell: [String: [String: Bound]]

  /// Bounds by name for all cells; they come before those of a cell.
  public var byName: [String: Bound]

  /// Creates tolerances; without arguments only equal numbers pass.
  public init(
    fallback: Bound = Bound(), byCell: [String: [String: Bound]] = [:],
    byName: [String: Bound] = [:]
  ) {
    self.fallback = fallback
    self.byCell = byCell
    self.byName = byName
  }

  /// The bound for a value: that of its name, else of the longest dotted beginning of it.
  public func bound(cell: String, name: String) -> Bound {
    Self.bound(name, in: byName) ?? byCell[cell].flatMap { Self.bound(name, in: $0) } ?? fallback
  }

  private static func bound(_ name: String, in bounds: [String: Bound]) -> Bound? {
    guard !bounds.isEmpty else { return nil }
    var name = name[...]
    while !name.isEmpty {
      if let bound = bounds[String(name)] { return bound }
      name = name.lastIndex(of: ".").map { name[..<$0] } ?? ""
    }
    return nil
  }
}
