import Diagnostics

/// The limit on containers that a line may be in.
///
/// cmark looks at every open container on every line, so unlimited depth would make its time
/// quadratic. No text that people read comes near the limit.
enum Nesting {
  static let limit = 64
  /// The limit for lines that nbrun writes, which leaves room for the containers around them.
  static let bodyLimit = 32

  /// The first line from an offset on that opens more containers than the limit.
  static func firstTooDeepLine(_ source: SourceText, from start: Int) -> Int? {
    let first = source.lineNumber(at: start)
    guard start < source.bytes.count else { return nil }
    return source.bytes.withUnsafeBufferPointer { bytes in
      (first...source.lineCount).first { isTooDeep(bytes[source.lineRange($0)], limit: limit) }
    }
  }

  /// Whether a line's marks are too deep; `- - -` is a line, not a list.
  ///
  /// Counted are `>`, and before white space bullets and numbers with a `.` or `)`; two columns of
  /// white space before a mark count as a list item that began on a line above.
  static func isTooDeep<Line: Collection>(_ line: Line, limit: Int) -> Bool
  where Line.Element == UInt8, Line.Index == Int {
    guard line.count > limit / 2 else { return false }
    var depth = 0
    var columns = 0
    for index in line.indices {
      let byte = line[index]
      guard CommonMark.isMarker(byte) else { break }
      let next = index + 1 < line.endIndex ? line[index + 1] : UInt8(ascii: " ")
      if isSpace(byte) {
        columns += byte == UInt8(ascii: "\t") ? 4 : 1
      } else if byte == UInt8(ascii: ">") || (isSpace(next) && !CommonMark.isDigit(byte)) {
        depth += 1 + max(0, columns - 1) / 2
        columns = 0
      }
    }
    return depth > limit && !isThematicBreak(line)
  }

  private static func isThematicBreak(_ line: some Collection<UInt8>) -> Bool {
    guard let mark = line.first(where: { !isSpace($0) }) else { return false }
    return (mark == UInt8(ascii: "-") || mark == UInt8(ascii: "*"))
      && line.allSatisfy { $0 == mark || isSpace($0) }
  }
}
