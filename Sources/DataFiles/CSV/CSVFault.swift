/// What can be wrong with a CSV file; lines and columns count from 1, columns in bytes of the line.
public enum CSVFault: DataFileFault, Hashable {
  /// There is no line at all.
  case empty
  /// There are no rows below the header.
  case noRows
  /// The bytes of a field are no UTF-8.
  case invalidUTF8(CSVPlace)
  /// A field begins with a quote that is never closed.
  case unterminatedQuote(CSVPlace)
  /// Text between a closing quote and the next comma.
  case textAfterQuote(CSVPlace)
  /// A quote within a field that does not begin with one.
  case strayQuote(CSVPlace)
  /// A row with another number of fields than the first line.
  case ragged(line: Int, found: Int, expected: Int)
  /// Two columns of one name.
  case repeatedColumn(String, CSVPlace)
  /// No column of that name.
  case unknownColumn(String, known: [String])
  /// A field of a numeric column that is no finite number.
  case notNumber(String, column: String, CSVPlace)
  /// A field of a numeric column that an f32 can't hold.
  case beyondFloat(String, column: String, CSVPlace)
  /// A field of an integer column that is no whole number.
  case notInteger(String, column: String, CSVPlace)
  /// A class that a model was not trained on.
  case unknownClass(String, column: String, known: [String])
  /// A column that was of another type in the table that a model was trained on.
  case otherKind(column: String, trained: CSVColumn.Kind)
  /// A field without a value, where one is needed.
  case missing(column: String, CSVPlace)
}

/// A place in a text file.
public struct CSVPlace: Hashable, Sendable {
  /// The line, from 1.
  public let line: Int
  /// The byte of the line, from 1.
  public let column: Int

  /// Creates a place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}
