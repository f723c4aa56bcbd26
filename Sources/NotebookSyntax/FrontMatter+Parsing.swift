import Diagnostics

extension FrontMatter {
  /// Reads the block at the very start, after a byte order mark if there is one.
  ///
  /// As in Pandoc, `---` before a blank line is a thematic break.
  init?(of source: SourceText, findings: inout Findings) {
    let opening = Self.delimiter(source, line: 1)
    guard opening == "---", source.lineCount > 1 else { return nil }
    guard !source.trimmed(source.lineRange(2)).isEmpty else { return nil }
    let closing = (2...source.lineCount).first {
      let text = Self.delimiter(source, line: $0)
      return text == "---" || text == "..."
    }
    guard let closing else {
      if Self.looksLikeKey(source.line(2)) {
        findings.add(.unterminatedFrontMatter, at: source.lineRange(1))
      }
      return nil
    }
    self.range = source.byteOrderMarkLength..<source.fullLineRange(closing).upperBound
    self.content = MappedText(
      (2..<closing).map { MappedText.Origin(range: source.lineRange($0)) }, of: source,
      end: source.lineRange(closing).lowerBound)
    self.lastLine = closing
  }

  /// A line of three bytes, spaces after them left out; nil for another one.
  private static func delimiter(_ source: SourceText, line: Int) -> String? {
    let start = source.lineRange(line).lowerBound
    let end = source.trimmed(source.lineRange(line)).upperBound
    return end - start == 3 ? source.text(in: start..<end) : nil
  }

  private static func looksLikeKey(_ line: String) -> Bool {
    guard let colon = line.firstIndex(of: ":"), colon != line.startIndex else { return false }
    return line[..<colon].allSatisfy { $0.isLetter || $0 == "_" || $0 == "-" }
  }
}

extension SourceText {
  /// The bytes of the byte order mark: 3 or 0.
  var byteOrderMarkLength: Int { lineRange(1).lowerBound }
}
