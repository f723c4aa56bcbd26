import GRDBSQLite

/// What SQLite may do for a query: read the views and call functions that depend on nothing else.
///
/// SQLite asks about each thing that a statement would do, so what is not known here is refused:
/// every statement but SELECT, every other table (`sqlite_schema` and the `pragma_…` ones
/// included), and functions that load code, give random numbers or tell the time.
final class QueryRules {
  /// The functions that queries may call.
  static let functions: Set<String> = [
    "abs", "avg", "ceil", "ceiling", "char", "coalesce", "concat", "concat_ws", "count",
    "cume_dist", "dense_rank", "exp", "first_value", "floor", "format", "glob", "group_concat",
    "hex", "if", "ifnull", "iif", "instr", "lag", "last_value", "lead", "length", "like", "ln",
    "log", "log10", "log2", "lower", "ltrim", "max", "min", "mod", "nth_value", "ntile", "nullif",
    "percent_rank", "pi", "pow", "power", "printf", "quote", "rank", "replace", "round",
    "row_number", "rtrim", "sign", "sqrt", "string_agg", "substr", "substring", "sum", "total",
    "trim", "trunc", "typeof", "unicode", "upper",
  ]
  /// Functions of times, where views have some; they can tell the time of day as well.
  static let timeFunctions: Set<String> = [
    "date", "datetime", "julianday", "strftime", "time", "unixepoch",
  ]

  private let scope: QueryScope
  /// The first thing that was refused.
  private(set) var refusal: QueryFault?
  /// The views that are read.
  private(set) var readViews: Set<String> = []

  init(scope: QueryScope) { self.scope = scope }

  /// Decides on one of SQLite's questions.
  func decide(_ action: CInt, _ first: String?, _ second: String?) -> CInt {
    switch action {
    case SQLITE_SELECT, SQLITE_RECURSIVE: return SQLITE_OK
    case SQLITE_READ:
      let name = first ?? ""
      // Rows are counted and no column is read: SQLite asks so about the query's own WITH too.
      if second == "", !Self.isInternal(name), !scope.viewNames.contains(name) { return SQLITE_OK }
      guard scope.viewNames.contains(name) else { return refuse(.forbidden("the table '\(name)'")) }
      readViews.insert(name)
      return SQLITE_OK
    case SQLITE_FUNCTION:
      let name = second?.lowercased() ?? ""
      let isKnown =
        Self.functions.contains(name) || (scope == .project && Self.timeFunctions.contains(name))
      return isKnown ? SQLITE_OK : refuse(.forbidden("the function '\(name)'"))
    case SQLITE_PRAGMA: return refuse(.forbidden("PRAGMA"))
    case SQLITE_ATTACH, SQLITE_DETACH: return refuse(.forbidden("other databases"))
    default: return refuse(.forbidden("a statement that writes"))
    }
  }

  /// Whether a table is one of SQLite's own.
  private static func isInternal(_ name: String) -> Bool {
    ["sqlite_", "pragma_", "json_", "dbstat"].contains { name.lowercased().hasPrefix($0) }
  }

  private func refuse(_ fault: QueryFault) -> CInt {
    refusal = refusal ?? fault
    return SQLITE_DENY
  }
}
