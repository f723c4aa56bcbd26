/// A read-only SQL query over recorded results.
public struct QueryCell: Hashable, Sendable {
  /// The statement.
  public var sql: PlacedText
  /// What it sees.
  public var scope: Scope
  /// The cells whose records it sees, within the notebook.
  public var cells: [String]
  /// The most rows that are shown.
  public var maxRows: Int
  /// How columns are written that the values themselves don't tell.
  public var formats: [String: Format]

  /// Creates a query.
  public init(
    sql: PlacedText, scope: Scope = .notebook, cells: [String] = [], maxRows: Int = 100,
    formats: [String: Format] = [:]
  ) {
    self.sql = sql
    self.scope = scope
    self.cells = cells
    self.maxRows = maxRows
    self.formats = formats
  }

  /// What a query sees.
  public enum Scope: String, Hashable, Sendable, CaseIterable {
    /// The records of the notebook's own cells in this run, so that a page is a function of the
    /// notebook.
    case notebook
    /// All that the project's store holds.
    case project
  }

  /// How a column is written.
  public enum Format: String, Hashable, Sendable, CaseIterable {
    case plain, bytes, seconds, percent, exact
  }
}
