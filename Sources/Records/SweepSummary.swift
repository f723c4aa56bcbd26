/// The points of a sweep side by side.
public struct SweepSummary: Codable, Sendable, Equatable {
  /// The names of the axes.
  public var axes: [String]
  /// The names of the values shown for each point.
  public var columns: [String]
  /// One row a point.
  public var rows: [Row]

  /// Creates a summary.
  public init(axes: [String], columns: [String], rows: [Row]) {
    self.axes = axes
    self.columns = columns
    self.rows = rows
  }

  /// A point: its values, or why it has none.
  public struct Row: Codable, Sendable, Equatable {
    /// The point's cell.
    public var cell: String
    /// Its value on each axis.
    public var coordinates: [String]
    /// Its values in the order of the columns; nil where it has none.
    public var values: [RecordedValue?]
    /// Why it failed.
    public var failure: FailureRecord?

    /// Creates a row.
    public init(
      cell: String, coordinates: [String], values: [RecordedValue?], failure: FailureRecord? = nil
    ) {
      self.cell = cell
      self.coordinates = coordinates
      self.values = values
      self.failure = failure
    }
  }

  /// How many points failed.
  public var failed: Int { rows.count { $0.failure != nil } }

  /// `points`, `failed`, and each point's values behind its coordinates: `batch=2.loss.last`.
  var values: [(name: String, value: RecordedValue)] {
    let counts: [(name: String, value: RecordedValue)] = [
      ("points", .count(rows.count)), ("failed", .count(failed)),
    ]
    return counts
      + rows.flatMap { row in
        let point = zip(axes, row.coordinates).map { "\($0)=\($1)" }.joined(separator: ",")
        return zip(columns, row.values).compactMap { column, value in
          value.map { (name: "\(point).\(column)", value: $0) }
        }
      }
  }
}
