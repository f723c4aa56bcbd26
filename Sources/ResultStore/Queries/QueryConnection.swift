import GRDBSQLite

/// A database in memory that holds copies of the views and nothing else.
///
/// So a query can't reach the store's file at all, let alone another one; the rules keep it from
/// everything but reading these copies. Closed when it goes away; statements are finalised before.
struct QueryConnection: ~Copyable {
  private let handle: OpaquePointer
  let rules: QueryRules
  let watch: QueryWatch
  private let scope: QueryScope

  init(scope: QueryScope, limits: QueryWatch.Limits) throws(QueryFault) {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX
    guard sqlite3_open_v2(":memory:", &opened, flags, nil) == SQLITE_OK, let opened else {
      sqlite3_close(opened)
      throw .failed("no memory for a database")
    }
    handle = opened
    rules = QueryRules(scope: scope)
    watch = QueryWatch(limits: limits)
    self.scope = scope
    _disableDoubleQuotedStringLiterals(handle)
  }

  deinit { sqlite3_close(handle) }

  // MARK: - Filling

  /// Makes the views, empty.
  func makeViews() throws(QueryFault) {
    // Sorting spills into memory, where the watch sees it, and never into files.
    guard
      sqlite3_exec(handle, "PRAGMA temp_store = MEMORY; \(scope.schema)", nil, nil, nil)
        == SQLITE_OK
    else { throw .failed(String(cString: sqlite3_errmsg(handle))) }
  }

  /// Copies rows into a view, one by one as they come.
  ///
  /// - Throws: `QueryFault.tooManyRows` where they take more memory than a query may.
  func fill(_ view: String, _ rows: QueryRows) throws(QueryFault) {
    guard let columns = scope.views.first(where: { $0.name == view })?.columns else { return }
    let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
    var statement: OpaquePointer?
    sqlite3_exec(handle, "BEGIN", nil, nil, nil)
    defer { sqlite3_exec(handle, "COMMIT", nil, nil, nil) }
    guard
      sqlite3_prepare_v2(handle, "INSERT INTO \(view) VALUES (\(marks))", -1, &statement, nil)
        == SQLITE_OK, let statement
    else { throw .failed(String(cString: sqlite3_errmsg(handle))) }
    defer { sqlite3_finalize(statement) }
    try rows(view) { row throws(QueryFault) in
      for (index, value) in row.enumerated() { value.bind(at: CInt(index + 1), to: statement) }
      guard sqlite3_step(statement) == SQLITE_DONE else {
        throw .failed(String(cString: sqlite3_errmsg(handle)))
      }
      sqlite3_reset(statement)
      guard !watch.holdsTooMuch else {
        throw .tooManyRows(view: view, bytes: watch.limits.bytes)
      }
    }
  }

  // MARK: - Asking

  /// Bounds what a hostile query can use up, and refuses all but reading from here on.
  func enforceRules() {
    let limits: [(CInt, CInt)] = [
      (SQLITE_LIMIT_LENGTH, 1_000_000), (SQLITE_LIMIT_SQL_LENGTH, 100_000),
      (SQLITE_LIMIT_COLUMN, 100), (SQLITE_LIMIT_EXPR_DEPTH, 200),
      (SQLITE_LIMIT_COMPOUND_SELECT, 50), (SQLITE_LIMIT_VDBE_OP, 250_000),
      (SQLITE_LIMIT_FUNCTION_ARG, 64), (SQLITE_LIMIT_ATTACHED, 0),
      (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200), (SQLITE_LIMIT_VARIABLE_NUMBER, 1),
      (SQLITE_LIMIT_TRIGGER_DEPTH, 1), (SQLITE_LIMIT_WORKER_THREADS, 0),
    ]
    for (what, most) in limits { sqlite3_limit(handle, what, most) }
    // Safe without references of their own: rules and watch live as long as the connection, which
    // SQLite asks no more once it is closed.
    sqlite3_set_authorizer(
      handle,
      { context, action, first, second, _, _ in
        guard let context else { return SQLITE_DENY }
        let rules = Unmanaged<QueryRules>.fromOpaque(context).takeUnretainedValue()
        return rules.decide(
          action, first.map { String(cString: $0) }, second.map { String(cString: $0) })
      }, Unmanaged.passUnretained(rules).toOpaque())
    sqlite3_progress_handler(
      handle, 1000,
      { context in
        guard let context else { return 1 }
        let watch = Unmanaged<QueryWatch>.fromOpaque(context).takeUnretainedValue()
        return watch.shouldStop() ? 1 : 0
      }, Unmanaged.passUnretained(watch).toOpaque())
    watch.begin()
  }

  /// Prepares a query; the caller finalises the statement.
  func prepare(_ sql: String) throws(QueryFault) -> OpaquePointer {
    guard !sql.utf8.contains(0) else { throw .forbidden("a NUL character") }
    var statement: OpaquePointer?
    let (code, tail) = sql.withCString { text in
      var tail: UnsafePointer<CChar>?
      let code = sqlite3_prepare_v2(handle, text, -1, &statement, &tail)
      return (code, tail.map { String(cString: $0) } ?? "")
    }
    guard code == SQLITE_OK else { throw fault(in: sql) }
    guard let statement else { throw .empty }
    do throws(QueryFault) {
      guard isNothing(tail) else { throw .forbidden("a second statement") }
      guard sqlite3_stmt_readonly(statement) != 0, sqlite3_column_count(statement) > 0,
        sqlite3_stmt_isexplain(statement) == 0
      else { throw .forbidden("anything but SELECT") }
      guard sqlite3_bind_parameter_count(statement) == 0 else { throw .forbidden("placeholders") }
      return statement
    } catch {
      sqlite3_finalize(statement)
      throw error
    }
  }

  /// Whether only blanks, semicolons and comments are left: SQLite makes no statement of them.
  private func isNothing(_ tail: String) -> Bool {
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v2(handle, tail, -1, &statement, nil)
    defer { sqlite3_finalize(statement) }
    return code == SQLITE_OK && statement == nil && !tail.contains(";")
      || tail.allSatisfy { $0.isWhitespace || $0 == ";" }
  }

  /// Why the last call failed, while a query was read or while it ran.
  func fault(in sql: String, isRunning: Bool = false) -> QueryFault {
    if let fault = watch.fault ?? rules.refusal { return fault }
    let code = sqlite3_errcode(handle)
    if code == SQLITE_TOOBIG || code == SQLITE_NOMEM { return .tooLarge(bytes: watch.limits.bytes) }
    let message = String(cString: sqlite3_errmsg(handle))
    if code != SQLITE_ERROR || isRunning { return .failed(message) }
    let offset = Int(sqlite3_error_offset(handle))
    return QueryFault(
      message: message, offset: offset >= 0 ? offset : nil, sql: sql, scope: scope)
  }
}
