import GRDBSQLite

/// A connection to an empty database in memory that prepares nothing but an expression.
///
/// Closed when it goes away; statements must be finalised before.
struct ClaimConnection: ~Copyable {
  private let handle: OpaquePointer
  private let rules = ClaimRules()

  /// Tells SQLite to copy a bound text.
  ///
  /// Safe: -1 is `SQLITE_TRANSIENT`, a mark that SQLite compares with and never calls; Swift can't
  /// import it, as C makes it by a cast.
  static var copies: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }

  init() throws(ClaimFault) {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX
    guard sqlite3_open_v2(":memory:", &opened, flags, nil) == SQLITE_OK, let opened else {
      sqlite3_close(opened)
      throw .tooLarge
    }
    handle = opened
    _disableDoubleQuotedStringLiterals(handle)
    limit()
    enforceRules()
  }

  deinit { sqlite3_close(handle) }

  /// Bounds what a hostile claim can use up.
  private func limit() {
    let limits: [(CInt, CInt)] = [
      (SQLITE_LIMIT_LENGTH, 100_000), (SQLITE_LIMIT_SQL_LENGTH, 20_000),
      (SQLITE_LIMIT_EXPR_DEPTH, 100), (SQLITE_LIMIT_COMPOUND_SELECT, 1),
      (SQLITE_LIMIT_VDBE_OP, 25_000), (SQLITE_LIMIT_FUNCTION_ARG, 32),
      (SQLITE_LIMIT_ATTACHED, 0), (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100),
      (SQLITE_LIMIT_VARIABLE_NUMBER, 1_000), (SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    ]
    for (what, most) in limits { sqlite3_limit(handle, what, most) }
  }

  private func enforceRules() {
    // Safe without a reference of its own: the rules live as long as the connection, which SQLite
    // asks no more once it is closed.
    let context = Unmanaged.passUnretained(rules).toOpaque()
    sqlite3_set_authorizer(
      handle,
      { context, action, first, second, _, _ in
        guard let context else { return SQLITE_DENY }
        let rules = Unmanaged<ClaimRules>.fromOpaque(context).takeUnretainedValue()
        return rules.decide(
          action, first.map { String(cString: $0) }, second.map { String(cString: $0) })
      }, context)
  }

  /// Prepares `SELECT (claim)`; the caller finalises the statement.
  ///
  /// The line break keeps a comment in the claim from swallowing the closing parenthesis.
  func prepare(_ claim: String) throws(ClaimFault) -> OpaquePointer {
    guard !claim.utf8.contains(0) else { throw .forbidden("a NUL character") }
    let opening = "SELECT ("
    let query = Array("\(opening)\(claim)\n)".utf8CString)
    var statement: OpaquePointer?
    // Safe: the tail points into the text, which is read before its memory goes, and ends with a NUL.
    let (code, hasTail) = query.withUnsafeBufferPointer { text in
      var tail: UnsafePointer<CChar>?
      let code = sqlite3_prepare_v2(handle, text.baseAddress, -1, &statement, &tail)
      return (code, tail.map { $0.pointee != 0 } ?? false)
    }
    guard code == SQLITE_OK, let statement else { throw fault(prefix: opening.utf8.count) }
    guard !hasTail, sqlite3_column_count(statement) == 1, sqlite3_stmt_readonly(statement) != 0
    else {
      sqlite3_finalize(statement)
      throw .forbidden("a second statement")
    }
    return statement
  }

  /// The last error; `prefix` is the number of bytes before the claim in the query.
  func fault(prefix: Int) -> ClaimFault {
    if let refusal = rules.refusal { return .forbidden(refusal) }
    let code = sqlite3_errcode(handle)
    guard code != SQLITE_TOOBIG, code != SQLITE_NOMEM else { return .tooLarge }
    let message = String(cString: sqlite3_errmsg(handle))
    // A limit on depth has no code of its own.
    guard !message.hasPrefix("Expression tree is too large") else { return .tooLarge }
    let offset = Int(sqlite3_error_offset(handle)) - prefix
    return .invalid(message: message, offset: offset >= 0 ? offset : nil)
  }
}
