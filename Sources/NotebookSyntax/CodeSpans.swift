import Diagnostics

/// The places of a paragraph that inline code covers: runs of backticks of equal length and what is
/// between, across the paragraph's lines (CommonMark 0.30, 6.1).
struct CodeSpans {
  /// The covered ranges, ascending.
  private(set) var ranges: [ByteRange] = []

  /// Finds the spans of whole lines.
  ///
  /// Marks of containers at the beginnings of lines are no backticks, so they may stay.
  ///
  /// - Complexity: linear in the number of bytes.
  init(of text: ByteRange, in source: SourceText) {
    let bytes = source.bytes
    var ends = BacktickEnds(text, bytes)
    var offset = text.lowerBound
    while offset < text.upperBound {
      switch bytes[offset] {
      case UInt8(ascii: "\\"): offset += 2
      case UInt8(ascii: "`"):
        let run = offset..<endOfRun(at: offset, in: text, bytes)
        if let end = ends.end(ofSpanWith: run) {
          ranges.append(offset..<end)
          offset = end
        } else {
          offset = run.upperBound
        }
      case UInt8(ascii: "<"):
        // A backtick in a comment, which is inline HTML, begins no code.
        offset = Self.endOfComment(at: offset, in: text, source) ?? offset + 1
      default: offset += 1
      }
    }
  }

  /// The end of a comment: it holds no `--`, and doesn't begin with `>` or `->` (CommonMark 0.30, 6.6).
  ///
  /// Other versions of the syntax end comments at the first `-->`; here that would take time that is
  /// quadratic in the number of beginnings.
  private static func endOfComment(
    at offset: Int, in text: ByteRange, _ source: SourceText
  ) -> Int? {
    guard source.starts(offset..<text.upperBound, with: "<!--") else { return nil }
    let inner = (offset + 4)..<text.upperBound
    guard !source.starts(inner, with: ">"), !source.starts(inner, with: "->") else { return nil }
    let dashes = inner.first { source.starts($0..<text.upperBound, with: "--") }
    guard let dashes, source.starts(dashes..<text.upperBound, with: "-->") else { return nil }
    return dashes + 3
  }
}

/// Where runs of backticks of each length are, asked for from the front to the back.
private struct BacktickEnds {
  /// The ends of the runs of a length, the first one last.
  private var ends: [Int: [Int]] = [:]

  init(_ text: ByteRange, _ bytes: [UInt8]) {
    var offset = text.lowerBound
    while offset < text.upperBound {
      let end = endOfRun(at: offset, in: text, bytes)
      if end > offset { ends[end - offset, default: []].append(end) }
      offset = max(end, offset + 1)
    }
    for length in Array(ends.keys) { ends[length]?.reverse() }
  }

  /// The end of the next run that is as long as one that begins a span.
  mutating func end(ofSpanWith run: ByteRange) -> Int? {
    while let end = ends[run.count]?.last {
      if end > run.upperBound { return end }
      ends[run.count]?.removeLast()
    }
    return nil
  }
}

/// Where the backticks end that begin at an offset; the offset itself where there is none.
private func endOfRun(at offset: Int, in text: ByteRange, _ bytes: [UInt8]) -> Int {
  var end = offset
  while end < text.upperBound, bytes[end] == UInt8(ascii: "`") { end += 1 }
  return end
}
