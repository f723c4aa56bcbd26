/// Values of several cells side by side.
public struct ComparisonSummary: Codable, Sendable, Equatable {
  /// The cell that ratios refer to.
  public var baseline: String
  /// The value names, one a column.
  public var columns: [String]
  /// One row a cell.
  public var rows: [Row]

  /// Live memory over a step of each cell that trained; nil where fewer than two did.
  public var curves: [Curve]?

  /// Creates a comparison.
  public init(baseline: String, columns: [String], rows: [Row], curves: [Curve]? = nil) {
    self.baseline = baseline
    self.columns = columns
    self.rows = rows
    self.curves = curves
  }

  /// A cell's values in the order of the columns; nil where the cell has none.
  public struct Row: Codable, Sendable, Equatable {
    /// The cell.
    public var cell: String
    /// Its values.
    public var values: [RecordedValue?]

    /// Creates a row.
    public init(cell: String, values: [RecordedValue?]) {
      self.cell = cell
      self.values = values
    }
  }

  /// Live bytes over a cell's schedule, thinned.
  public struct Curve: Codable, Sendable, Equatable {
    /// The cell.
    public var cell: String
    /// Operations of its schedule.
    public var operations: Int
    /// Live bytes in equal parts of the schedule, the most in each.
    public var bytes: [Int]

    /// The most points that a curve has.
    public static let mostPoints = 310

    /// Thins a timeline without losing its peak.
    public init(cell: String, timeline: [MemoryRecord.TimelinePoint]) {
      self.cell = cell
      operations = timeline.count
      let parts = min(timeline.count, Self.mostPoints)
      bytes = (0..<parts).map { part in
        let range = part * timeline.count / parts..<(part + 1) * timeline.count / parts
        return timeline[range].map(\.total).max() ?? 0
      }
    }
  }
}
