/// What a query found: a table of typed values.
public struct QueryResult: Codable, Sendable, Equatable {
  /// The columns from left to right.
  public var columns: [Column]
  /// The rows that are shown; nil for NULL.
  public var rows: [[RecordedValue?]]
  /// How many rows the query has, shown or not.
  public var total: Int
  /// Whether another run may find something else although nothing was changed: the query reads
  /// times, or the store's history.
  public var isVolatile: Bool

  /// Creates a result.
  public init(columns: [Column], rows: [[RecordedValue?]], total: Int, isVolatile: Bool) {
    self.columns = columns
    self.rows = rows
    self.total = total
    self.isVolatile = isVolatile
  }

  /// A column's name and how its values are written.
  public struct Column: Codable, Sendable, Equatable {
    /// The name that the query gives it.
    public var name: String
    /// How its values are written.
    public var format: Format

    /// Creates a column.
    public init(name: String, format: Format) {
      self.name = name
      self.format = format
    }
  }

  /// How the values of a column are written.
  public enum Format: String, Codable, Sendable, CaseIterable {
    /// As the values are: text, whole numbers, other numbers.
    case plain
    /// Sizes in bytes.
    case bytes
    /// Times in seconds.
    case seconds
    /// Fractions as per cent.
    case percent
    /// All digits of a number.
    case exact
  }
}

extension QueryResult {
  /// `rows`, and the values of a single row by the names of their columns.
  var values: [(name: String, value: RecordedValue)] {
    let count = [(name: "rows", value: RecordedValue.count(total))]
    guard total == 1, let row = rows.first else { return count }
    return count
      + zip(columns, row).compactMap { column, value in
        value.flatMap { column.name == "rows" ? nil : (column.name, $0) }
      }
  }
}
