/// A cell's place in a sweep.
public struct SweepPoint: Hashable, Sendable {
  /// The identifier of the directive that sweeps.
  public var sweep: String
  /// The value of each axis, in the order of the axes.
  public var coordinates: [Coordinate]

  /// An axis and the value that a point has on it.
  public struct Coordinate: Hashable, Sendable {
    /// The last part of the swept key: `lr` of `optimizer.adamw.lr`.
    public var name: String
    /// The value as identifiers write it: `sqrt`, `every:2`.
    public var value: String
  }

  /// The identifier of the point's cell: `gpt[checkpoint=none,batch=2]`.
  public var id: String {
    "\(sweep)[\(coordinates.map { "\($0.name)=\($0.value)" }.joined(separator: ","))]"
  }
}

/// All points of a sweep: a cell of its own, whose record is the table of them.
public struct SweepCell: Hashable, Sendable {
  /// The kind of the points.
  public var kind: DirectiveKind
  /// The identifier.
  public var id: String { points.first?.sweep ?? "" }
  /// The names of the axes.
  public var axes: [String]
  /// The points in the order of the table: the last axis changes first.
  public var points: [SweepPoint]
  /// The names of the values shown for each point.
  public var columns: [String]
}
