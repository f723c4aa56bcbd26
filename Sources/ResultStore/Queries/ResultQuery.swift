import GRDBSQLite
public import Records

/// A read-only SQL query over recorded results.
///
/// It runs in a database of its own in memory, filled with those views that it reads, under rules
/// that let it do nothing but read them, and is stopped when it takes too long or too much.
public struct ResultQuery: Sendable {
  /// The statement.
  public let sql: String
  /// What it sees.
  public let scope: QueryScope
  /// The most rows that a result holds.
  public let maxRows: Int
  var limits = QueryWatch.Limits()

  /// Creates a query.
  public init(_ sql: String, scope: QueryScope = .notebook, maxRows: Int = 100) {
    self.sql = sql
    self.scope = scope
    self.maxRows = maxRows
  }

  /// The columns that the query gives and the views that it reads; finds what is wrong with its
  /// text without any record.
  @discardableResult
  public func check() throws(QueryFault) -> (columns: [String], views: Set<String>) {
    let connection = try QueryConnection(scope: scope, limits: limits)
    try connection.makeViews()
    connection.enforceRules()
    let statement = try connection.prepare(sql)
    defer { sqlite3_finalize(statement) }
    return (Self.columns(of: statement), connection.rules.readViews)
  }

  /// Asks the cells of a run, in their order.
  public func answer(
    from cells: [QueriedCell], environment: EnvironmentRecord
  ) throws(QueryFault) -> QueryAnswer {
    try answer { view, add throws(QueryFault) in
      if view == "run", let first = cells.first {
        try add(Self.row(of: environment, notebook: first.notebook))
      }
      for (index, cell) in cells.enumerated() {
        for row in cell.rows(of: view, position: index + 1) { try add(row) }
      }
    }
  }

  private static func columns(of statement: OpaquePointer) -> [String] {
    (0..<sqlite3_column_count(statement)).map { index in
      sqlite3_column_name(statement, index).map { String(cString: $0) } ?? ""
    }
  }

  private static func row(of environment: EnvironmentRecord, notebook: String) -> [QueryValue] {
    [
      .text(notebook), .text(environment.numerics), .text(environment.kernels),
      .integer(environment.threads), .text(environment.engine),
    ]
  }

  /// Fills the views that the query reads, and asks.
  func answer(rows: QueryRows) throws(QueryFault) -> QueryAnswer {
    let views = try check().views
    let connection = try QueryConnection(scope: scope, limits: limits)
    try connection.makeViews()
    for view in views.sorted() { try connection.fill(view, rows) }
    connection.enforceRules()
    let statement = try connection.prepare(sql)
    defer { sqlite3_finalize(statement) }
    let columns = Self.columns(of: statement)
    var answer = QueryAnswer(columns: columns, rows: [], total: 0, views: views)
    while true {
      let code = sqlite3_step(statement)
      if code == SQLITE_DONE { return answer }
      guard code == SQLITE_ROW else { throw connection.fault(in: sql, isRunning: true) }
      answer.total += 1
      guard answer.rows.count < maxRows else { continue }
      answer.rows.append(
        columns.indices.map { QueryValue(statement, column: CInt($0)) })
    }
  }
}

/// Gives the rows of a view one after the other.
typealias QueryRows = (
  _ view: String, _ add: (_ row: [QueryValue]) throws(QueryFault) -> Void
) throws(QueryFault) -> Void

/// What a query found.
public struct QueryAnswer: Sendable, Equatable {
  /// The columns' names.
  public var columns: [String]
  /// The rows up to the limit.
  public var rows: [[QueryValue]]
  /// How many rows there are.
  public var total: Int
  /// The views that were read.
  public var views: Set<String>
}
