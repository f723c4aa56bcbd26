/// Why a claim has no truth value.
public enum ClaimFault: Error, Equatable, Sendable {
  /// It isn't an expression: SQLite's message, and the offset in bytes where it stopped.
  case invalid(message: String, offset: Int?)
  /// It uses something that claims can't: a subquery, a function, a table.
  case forbidden(String)
  /// It has another number of placeholders than there are values.
  case misbound(placeholders: Int, values: Int)
  /// It comes out as NULL: a value is missing or not a number, or something is divided by zero.
  case undetermined
  /// It comes out as that, which is neither true nor false.
  case notBoolean(String)
  /// It is too long, too deep or too large to be evaluated.
  case tooLarge
}

extension ClaimFault {
  /// What is wrong with the claim, one sentence.
  public var message: String {
    switch self {
    case .invalid(let message, _):
      "the claim is not an expression: \(message)"
    case .forbidden(let what):
      "a claim can't use \(what)"
    case .misbound(let placeholders, let values):
      "the claim has \(placeholders) placeholders for \(values) values"
    case .undetermined:
      "the claim is neither true nor false: a value is missing or not a number"
    case .notBoolean(let value):
      "the claim gives \(value), which is neither true nor false"
    case .tooLarge:
      "the claim is too large"
    }
  }

  /// What to do about it, a line each.
  public var notes: [String] {
    switch self {
    case .invalid:
      ["a claim is an SQL expression, such as 'a.loss.last < 0.9 * b.loss.last'"]
    case .forbidden:
      [
        "a claim compares values with operators and "
          + ClaimRules.functions.sorted().joined(separator: ", ")
      ]
    case .undetermined:
      ["divisions by zero and NaN give no truth value"]
    case .notBoolean:
      ["compare it with something: =, <, <=, >, >=, between"]
    case .misbound, .tooLarge:
      []
    }
  }
}
