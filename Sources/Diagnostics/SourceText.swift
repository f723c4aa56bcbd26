/// The bytes of a file together with its name and its lines.
///
/// A line ends with LF, CRLF or a lone CR, as in CommonMark. The text after the last line ending is
/// a line unless it is empty; an empty text has one empty line. A byte order mark belongs to no
/// line.
public struct SourceText: Sendable {
  /// How diagnostics call the file.
  public let name: String
  /// The contents, valid UTF-8 or not.
  public let bytes: [UInt8]
  /// The offset of each line's first byte.
  let lineStarts: [Int]

  /// Creates a text from bytes.
  ///
  /// - Complexity: linear in the number of bytes.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    self.lineStarts = Self.lineStarts(of: bytes)
  }

  /// Creates a text from a string.
  public init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The number of lines, at least 1.
  public var lineCount: Int { lineStarts.count }

  /// The offsets of a line (from 1) without its line ending.
  public func lineRange(_ number: Int) -> ByteRange {
    let full = fullLineRange(number)
    var end = full.upperBound
    if end > full.lowerBound, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
    if end > full.lowerBound, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return full.lowerBound..<end
  }

  /// The offsets of a line (from 1) with its line ending.
  public func fullLineRange(_ number: Int) -> ByteRange {
    lineStarts[number - 1]..<(number < lineCount ? lineStarts[number] : bytes.count)
  }

  /// A line (from 1) without its line ending, invalid UTF-8 repaired.
  public func line(_ number: Int) -> String { text(in: lineRange(number)) }

  /// The text of a range, invalid UTF-8 repaired.
  public func text(in range: ByteRange) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  /// The line (from 1) that holds an offset; the end of the text belongs to the last line.
  ///
  /// - Complexity: logarithmic in the number of lines.
  public func lineNumber(at offset: Int) -> Int {
    var low = 0
    var high = lineCount
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The place of an offset; an offset within a line ending is the end of its line.
  ///
  /// Columns far to the right in very long lines count scalars, which is fast.
  public func position(at offset: Int) -> SourcePosition {
    let line = lineNumber(at: offset)
    let range = lineRange(line)
    let end = min(max(offset, range.lowerBound), range.upperBound)
    return SourcePosition(line: line, column: columns(in: range.lowerBound..<end) + 1)
  }

  private func columns(in range: ByteRange) -> Int {
    guard range.count > Self.longestCounted else { return text(in: range).count }
    return bytes.withUnsafeBufferPointer { bytes in
      bytes[range].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }
  }

  /// Characters are counted in this many bytes of a line at most.
  private static let longestCounted = 4096

  private static func lineStarts(of bytes: [UInt8]) -> [Int] {
    var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    bytes.withUnsafeBufferPointer { bytes in
      for index in bytes.indices {
        let byte = bytes[index]
        guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else { continue }
        let next = index + 1
        if byte == UInt8(ascii: "\r"), next < bytes.count, bytes[next] == UInt8(ascii: "\n") {
          continue
        }
        if next < bytes.count { starts.append(next) }
      }
    }
    return starts
  }
}
