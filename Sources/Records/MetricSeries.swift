/// A quantity recorded at some steps of a run.
public struct MetricSeries: Codable, Sendable, Equatable {
  /// The points in order of their steps; steps count from 1.
  public var points: [Point]

  /// Creates a series from points in order.
  public init(points: [Point] = []) { self.points = points }

  /// The first recorded value.
  public var first: Double? { points.first?.value }
  /// The last recorded value.
  public var last: Double? { points.last?.value }

  /// One recorded value.
  public struct Point: Codable, Sendable, Equatable {
    /// The step after which the value holds.
    public var step: Int
    /// The value; f32 quantities are widened exactly.
    public var value: Double

    /// Creates a point.
    public init(step: Int, value: Double) {
      self.step = step
      self.value = value
    }
  }
}
