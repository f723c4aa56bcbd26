/// A boolean expression over recorded values, ready for SQLite.
public struct Claim: Hashable, Sendable {
  /// The claim as written.
  public var text: String
  /// The values to bind, in the order of the placeholders.
  public var references: [ValueReference]
  /// The expression with one `?` a reference; it holds if it evaluates to 1 (not 0, not NULL).
  public var sql: String
}

/// A recorded value of a cell: `gpt-sqrt.memory.peak`, `sizes[every=2].memory.peak`.
public struct ValueReference: Hashable, Sendable {
  /// The cell's identifier.
  public var cell: String
  /// What is written in brackets behind it: coordinates of a sweep's point, the row of a plan.
  var brackets: [String]
  /// The dotted name behind the brackets.
  var name: String
  /// The reference as written.
  public var text: String

  /// The value's dotted name in the cell's record: `memory.peak`, `every: 2.memory.peak`.
  public var path: String { (brackets.map(Self.rowName) + [name]).joined(separator: ".") }
}
