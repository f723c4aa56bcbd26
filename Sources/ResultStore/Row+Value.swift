import GRDB

extension Row {
  /// The value of a column.
  ///
  /// GRDB's subscripts end the process where a value is of another type, as in a store whose bytes
  /// were changed.
  func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(
    _ column: String
  ) throws -> Value {
    try decode(Value.self, forColumn: column)
  }
}
