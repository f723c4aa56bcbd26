/// Two sizes of a plane: down and across.
public struct PlaneSize: Hashable, Sendable, Codable {
  /// Down.
  public var height: Int
  /// Across.
  public var width: Int

  /// Pairs two sizes.
  public init(_ height: Int, _ width: Int) {
    self.height = height
    self.width = width
  }

  /// The same size in both directions.
  public init(_ both: Int) { self.init(both, both) }

  /// Places in the plane.
  public var count: Int { height * width }
}
