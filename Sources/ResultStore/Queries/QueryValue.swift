import GRDBSQLite

/// A value as SQLite holds it.
public enum QueryValue: Sendable, Equatable {
  case null
  case integer(Int)
  case real(Double)
  case text(String)

  /// The longest text that a result holds, in bytes.
  static let longestText = 4096

  /// Reads a column of the current row; what isn't text or a number is described.
  init(_ statement: OpaquePointer, column: CInt) {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: self = .integer(Int(sqlite3_column_int64(statement, column)))
    case SQLITE_FLOAT: self = .real(sqlite3_column_double(statement, column))
    case SQLITE_TEXT:
      let count = min(Int(sqlite3_column_bytes(statement, column)), Self.longestText)
      let bytes = UnsafeBufferPointer(start: sqlite3_column_text(statement, column), count: count)
      self = .text(String(decoding: bytes, as: UTF8.self))
    case SQLITE_BLOB: self = .text("a blob of \(sqlite3_column_bytes(statement, column)) bytes")
    default: self = .null
    }
  }

  func bind(at index: CInt, to statement: OpaquePointer) {
    switch self {
    case .null: sqlite3_bind_null(statement, index)
    case .integer(let value): sqlite3_bind_int64(statement, index, Int64(value))
    case .real(let value): sqlite3_bind_double(statement, index, value)
    case .text(let value):
      sqlite3_bind_text(statement, index, value, -1, ClaimConnection.copies)
    }
  }
}

extension QueryValue {
  /// A text, or NULL.
  init(_ text: String?) { self = text.map { .text($0) } ?? .null }

  /// A written value: a number where it reads as one.
  init(written text: String) {
    if let integer = Int(text) {
      self = .integer(integer)
    } else if text.first.map({ $0.isNumber || $0 == "-" }) == true, let number = Double(text) {
      self = .real(number)
    } else {
      self = .text(text)
    }
  }
}
