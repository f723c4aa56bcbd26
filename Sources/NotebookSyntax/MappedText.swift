public import Diagnostics

/// A text taken out of a source (container prefixes removed, lines ended by LF) that knows where
/// each of its lines came from.
public struct MappedText: Sendable {
  /// The text; every line ends with LF.
  public let text: String
  /// The number of lines.
  public var lineCount: Int { origins.count }

  private let origins: [Origin]
  private let bytes: [UInt8]
  private let end: Int

  /// Where a line came from.
  struct Origin: Sendable {
    /// The source bytes of the line, without prefix and line ending.
    var range: ByteRange
    /// Spaces before them that stand for the rest of a tab which the prefix ended in.
    var padding = 0
  }

  /// Takes lines out of a source; `end` is the place of a text without lines.
  init(_ origins: [Origin], of source: SourceText, end: Int) {
    var bytes: [UInt8] = []
    for origin in origins {
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: origin.padding))
      bytes.append(contentsOf: source.bytes[origin.range])
      bytes.append(UInt8(ascii: "\n"))
    }
    self.text = String(decoding: bytes, as: UTF8.self)
    self.origins = origins
    self.bytes = source.bytes
    self.end = end
  }

  /// The source offset of a line and column of the text, both from 1.
  ///
  /// Columns count Unicode scalars, as YAML parsers do. Places outside the text give the nearest
  /// place inside.
  public func sourceOffset(line: Int, column: Int) -> Int {
    guard line >= 1, let last = origins.last else { return origins.first?.range.lowerBound ?? end }
    guard line <= origins.count else { return last.range.upperBound }
    let origin = origins[line - 1]
    var offset = origin.range.lowerBound
    var left = column - 1 - origin.padding
    while left > 0, offset < origin.range.upperBound {
      offset += 1
      while offset < origin.range.upperBound, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      left -= 1
    }
    return offset
  }

  /// The source bytes of a line (from 1) without its indentation; of the nearest line if outside.
  public func sourceRange(line: Int) -> ByteRange {
    guard !origins.isEmpty else { return end..<end }
    let range = origins[min(max(line, 1), origins.count) - 1].range
    let start = range.first { bytes[$0] != UInt8(ascii: " ") && bytes[$0] != UInt8(ascii: "\t") }
    return (start ?? range.lowerBound)..<range.upperBound
  }

  /// The source bytes of `length` scalars from a line and column (both from 1), cut at the line's
  /// end.
  public func sourceRange(line: Int, column: Int, length: Int) -> ByteRange {
    let start = sourceOffset(line: line, column: column)
    return start..<max(start, sourceOffset(line: line, column: column + length))
  }
}
