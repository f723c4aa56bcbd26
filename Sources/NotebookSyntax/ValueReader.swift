import Diagnostics

/// Finds the values shown in prose, line by line, from the first line to the last.
struct ValueReader {
  /// A comment that begins or ends a value.
  private struct Comment {
    /// Nil for the comment that ends a value.
    var reference: ByteRange?
    var range: ByteRange
  }

  private let source: SourceText
  private let map: BlockMap
  /// The lines that were searched for code, and where it is from the last asked line on.
  private var searched: ClosedRange<Int>?
  private var code: ArraySlice<ByteRange> = []
  /// The spans found so far.
  private(set) var spans: [ValueSpan] = []

  /// Creates a reader that has found nothing.
  init(_ source: SourceText, _ map: BlockMap) {
    self.source = source
    self.map = map
  }

  /// Reads a line outside code blocks and regions.
  mutating func read(line number: Int, findings: inout Findings) {
    var open: Comment?
    searchForCode(around: number)
    for comment in comments(in: source.lineRange(number)) {
      switch (open, comment.reference) {
      case (nil, nil): findings.add(.endWithoutValue, at: comment.range)
      case (nil, let reference?):
        if reference.isEmpty { findings.add(.valueWithoutReference, at: comment.range) }
        open = comment
      case (let start?, nil):
        close(start, at: comment)
        open = nil
      case (let outer?, let reference?):
        findings.add(
          .nestedValue(inner: source.text(in: reference), outer: text(outer)), at: comment.range)
      }
    }
    if let open { findings.add(.unterminatedValue(text(open)), at: open.range) }
  }

  private func text(_ comment: Comment) -> String {
    comment.reference.map { source.text(in: $0) } ?? ""
  }

  private mutating func close(_ start: Comment, at end: Comment) {
    guard let reference = start.reference, !reference.isEmpty else { return }
    spans.append(
      ValueSpan(
        reference: source.text(in: reference), referenceRange: reference,
        range: start.range.lowerBound..<end.range.upperBound,
        contentRange: start.range.upperBound..<end.range.lowerBound))
  }

  /// Finds the code of the paragraph that a line is in, which may begin and end on other lines.
  private mutating func searchForCode(around line: Int) {
    if let searched, searched.contains(line) { return }
    let lines = map.paragraph(of: line) ?? line...line
    let text =
      source.lineRange(lines.lowerBound).lowerBound..<source.lineRange(lines.upperBound).upperBound
    code = CodeSpans(of: text, in: source).ranges[...]
    searched = lines
  }

  private mutating func comments(in line: ByteRange) -> [Comment] {
    var comments: [Comment] = []
    var offset = line.lowerBound
    let last = lastCommentEnd(in: line)
    while offset < last {
      while let first = code.first, first.upperBound <= offset { _ = code.popFirst() }
      if let first = code.first, first.contains(offset) {
        offset = first.upperBound
      } else if let comment = comment(at: offset, in: offset..<last) {
        if !isEscaped(offset, in: line) { comments.append(comment) }
        offset = comment.range.upperBound
      } else {
        offset += 1
      }
    }
    return comments
  }

  /// Whether an odd number of backslashes stands before a place, which makes it text.
  private func isEscaped(_ offset: Int, in line: ByteRange) -> Bool {
    let before = source.bytes[line.lowerBound..<offset].reversed()
    return before.prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
  }

  /// The end of the last `-->` on a line; its start where there is none.
  private func lastCommentEnd(in line: ByteRange) -> Int {
    var end = line.upperBound
    while end - 3 >= line.lowerBound {
      if source.starts((end - 3)..<end, with: "-->") { return end }
      end -= 1
    }
    return line.lowerBound
  }

  /// Reads `<!-- nbrun:val REF -->` or `<!-- /nbrun:val -->`.
  private func comment(at offset: Int, in line: ByteRange) -> Comment? {
    guard source.starts(offset..<line.upperBound, with: "<!--") else { return nil }
    var start = offset + 4
    while start < line.upperBound, isSpace(source.bytes[start]) { start += 1 }
    let rest = start..<line.upperBound
    let isEnd = source.starts(rest, with: "/nbrun:val")
    guard isEnd || source.starts(rest, with: "nbrun:val") else { return nil }
    start += isEnd ? 10 : 9
    var end = start
    while end < line.upperBound, !source.starts(end..<line.upperBound, with: "-->") { end += 1 }
    guard end < line.upperBound else { return nil }
    let reference = source.trimmed(start..<end)
    return Comment(reference: isEnd ? nil : reference, range: offset..<(end + 3))
  }
}
