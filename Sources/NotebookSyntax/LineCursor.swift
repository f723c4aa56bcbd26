import Diagnostics

/// Reads a line's prefix by columns, where a tab reaches to the next multiple of four
/// (CommonMark 0.30, 2.2), as container markers are measured in columns.
struct LineCursor {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let end: Int
  /// The next byte.
  private(set) var offset: Int
  /// The column of the next character, from 0 at the start of the line.
  private(set) var column = 0
  /// Columns of a tab before `offset` that are not used yet.
  private(set) var pending = 0

  /// Creates a cursor at the start of a line.
  init(_ bytes: UnsafeBufferPointer<UInt8>, line: ByteRange) {
    self.bytes = bytes
    self.offset = line.lowerBound
    self.end = line.upperBound
  }

  /// The next byte; nil at the end of the line.
  var next: UInt8? { offset < end ? bytes[offset] : nil }

  /// Whether only spaces and tabs are left.
  var isBlank: Bool {
    bytes[offset..<end].allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }

  /// The columns of white space before the next character, counted up to a limit.
  func indentation(upTo limit: Int) -> Int {
    var ahead = self
    return ahead.skipColumns(limit)
  }

  /// Passes white space of up to so many columns; returns how many there were.
  @discardableResult
  mutating func skipColumns(_ count: Int) -> Int {
    var skipped = 0
    while skipped < count {
      if pending > 0 {
        pending -= 1
      } else if next == UInt8(ascii: " ") {
        offset += 1
      } else if next == UInt8(ascii: "\t") {
        offset += 1
        pending = 3 - column % 4
      } else {
        break
      }
      column += 1
      skipped += 1
    }
    return skipped
  }

  /// Passes one character that is not white space.
  mutating func skipByte() {
    offset += 1
    column += 1
  }
}
