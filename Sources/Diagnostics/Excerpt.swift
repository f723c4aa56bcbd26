/// The part of a line that a diagnostic shows.
struct Excerpt {
  /// The line, or a window of it.
  let text: String
  /// The column of the window's first character.
  let firstColumn: Int
  /// The marked characters, at least 1, at most what the window shows.
  let markedLength: Int

  /// Lines up to this many bytes are shown whole.
  static let longestLine = 240
  /// Bytes of a longer line that are shown before and after the marked place.
  static let margin = 80

  /// Cuts the excerpt of the line on which a range begins.
  init(of source: SourceText, at range: ByteRange, position: SourcePosition) {
    let line = source.lineRange(position.line)
    let start = min(max(range.lowerBound, line.lowerBound), line.upperBound)
    let window = Self.window(of: line, around: start, in: source.bytes)
    let end = min(max(range.upperBound, start), window.upperBound)
    self.text = source.text(in: window)
    self.firstColumn = position.column - source.text(in: window.lowerBound..<start).count
    self.markedLength = max(1, source.text(in: start..<end).count)
  }

  private static func window(
    of line: ByteRange, around offset: Int, in bytes: [UInt8]
  ) -> ByteRange {
    guard line.count > longestLine else { return line }
    var low = max(line.lowerBound, offset - margin)
    var high = min(line.upperBound, offset + margin)
    while low > line.lowerBound, isContinuation(bytes[low]) { low -= 1 }
    while high < line.upperBound, isContinuation(bytes[high]) { high += 1 }
    return low..<high
  }

  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
