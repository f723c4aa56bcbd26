import GRDBSQLite

/// What SQLite may do while it prepares a claim: call a few pure functions, nothing else.
///
/// SQLite asks about each thing that a statement would do, so what is not known here is refused.
final class ClaimRules {
  /// The functions that claims may call; each gives the same value on every machine.
  static let functions: Set<String> = [
    "abs", "max", "min",
  ]

  /// The first thing that was refused.
  private(set) var refusal: String?
  /// The `SELECT` around the expression is ours; any further one is a subquery.
  private var selects = 0

  /// Decides on one of SQLite's questions.
  func decide(_ action: CInt, _ first: String?, _ second: String?) -> CInt {
    switch action {
    case SQLITE_SELECT where selects == 0:
      selects += 1
      return SQLITE_OK
    case SQLITE_FUNCTION where Self.functions.contains(second?.lowercased() ?? ""):
      return SQLITE_OK
    case SQLITE_FUNCTION:
      return refuse("the function '\(second ?? "")'")
    case SQLITE_SELECT, SQLITE_RECURSIVE:
      return refuse("a subquery")
    case SQLITE_READ:
      return refuse("the table '\(first ?? "")'")
    default:
      return refuse("a statement")
    }
  }

  private func refuse(_ what: String) -> CInt {
    refusal = refusal ?? what
    return SQLITE_DENY
  }
}
