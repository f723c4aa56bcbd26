import Diagnostics

extension SourceText {
  /// Reads a line (from 1) with a cursor.
  func reading<Result>(line: Int, _ read: (inout LineCursor) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { bytes in
      var cursor = LineCursor(bytes, line: lineRange(line))
      return read(&cursor)
    }
  }

  /// What is left of a line (from 1) behind its containers, without white space at either end;
  /// nil where the line leaves a container.
  func content(ofLine line: Int, in container: ContainerPath) -> ByteRange? {
    let start = reading(line: line) { cursor -> Int? in
      guard cursor.pass(container) else { return nil }
      cursor.skipColumns(.max)
      return cursor.offset
    }
    return start.map { trimmed($0..<lineRange(line).upperBound) }
  }

  /// A range without the spaces and tabs at either end.
  func trimmed(_ range: ByteRange) -> ByteRange {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high, isSpace(bytes[low]) { low += 1 }
    while low < high, isSpace(bytes[high - 1]) { high -= 1 }
    return low..<high
  }

  /// Whether a range starts with an ASCII text.
  func starts(_ range: ByteRange, with text: StaticString) -> Bool {
    guard range.count >= text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { bytes[range].starts(with: $0) }
  }
}

/// Whether a byte is a space or a tab.
func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
