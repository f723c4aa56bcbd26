import GRDBSQLite
public import Records

/// Decides claims: boolean SQL expressions over recorded values.
///
/// SQLite evaluates them in a private database in memory that holds nothing, under rules that
/// allow operators and a few pure functions. All numbers are bound as REAL, which holds sizes and
/// counts exactly up to 2⁵³, so that `a / b` of two sizes is a ratio and not an integer division.
public struct ClaimEvaluator: Sendable {
  /// Creates an evaluator.
  public init() {}

  /// Whether a claim holds.
  ///
  /// - Parameters:
  ///   - claim: An SQL expression with a `?` for each value.
  ///   - bindings: The values in order; nil for one that a record lacks.
  public func evaluate(_ claim: String, bindings: [RecordedValue?]) throws(ClaimFault) -> Bool {
    let connection = try ClaimConnection()
    let statement = try connection.prepare(claim)
    defer { sqlite3_finalize(statement) }
    let placeholders = Int(sqlite3_bind_parameter_count(statement))
    guard placeholders == bindings.count else {
      throw .misbound(placeholders: placeholders, values: bindings.count)
    }
    for (index, value) in bindings.enumerated() {
      try bind(value, at: CInt(index + 1), to: statement)
    }
    guard sqlite3_step(statement) == SQLITE_ROW else { throw connection.fault(prefix: 0) }
    return try truth(of: statement)
  }

  private func bind(
    _ value: RecordedValue?, at index: CInt, to statement: OpaquePointer
  ) throws(ClaimFault) {
    let code =
      switch value {
      case .bytes(let count), .count(let count): bind(count, at: index, to: statement)
      case .number(let number), .seconds(let number):
        sqlite3_bind_double(statement, index, number)
      case .text(let text):
        sqlite3_bind_text(statement, index, text, -1, ClaimConnection.copies)
      case nil: sqlite3_bind_null(statement, index)
      }
    guard code == SQLITE_OK else { throw .tooLarge }
  }

  private func bind(_ count: Int, at index: CInt, to statement: OpaquePointer) -> CInt {
    guard let exact = Double(exactly: count) else {
      return sqlite3_bind_int64(statement, index, Int64(count))
    }
    return sqlite3_bind_double(statement, index, exact)
  }

  private func truth(of statement: OpaquePointer) throws(ClaimFault) -> Bool {
    let type = sqlite3_column_type(statement, 0)
    if type == SQLITE_NULL { throw .undetermined }
    if type == SQLITE_INTEGER {
      let value = sqlite3_column_int64(statement, 0)
      if value == 0 || value == 1 { return value == 1 }
    }
    let text = sqlite3_column_text(statement, 0).map { String(cString: $0) } ?? "a blob"
    throw .notBoolean(String(text.prefix(40)))
  }
}
