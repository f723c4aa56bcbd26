import Diagnostics

/// The opening line of a fenced code block (CommonMark 0.30, 4.5).
struct FenceLine {
  /// `` ` `` or `~`.
  let mark: UInt8
  /// How many marks.
  let length: Int
  /// The info string without white space at either end.
  let info: ByteRange

  /// Reads the line of a fence; nil where there is no fence after all.
  init?(_ fence: BlockMap.Fence, in source: SourceText) {
    let line = source.lineRange(fence.lines.lowerBound)
    let text = source.bytes[fence.start..<line.upperBound]
    guard let mark = text.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else {
      return nil
    }
    self.mark = mark
    self.length = text.prefix { $0 == mark }.count
    self.info = source.trimmed((fence.start + length)..<line.upperBound)
  }

  /// Whether a line closes the fence.
  func isClosed(byLine line: Int, in container: ContainerPath, of source: SourceText) -> Bool {
    source.reading(line: line) { cursor in
      guard cursor.pass(container) else { return false }
      cursor.skipColumns(3)
      var count = 0
      while cursor.next == mark {
        cursor.skipByte()
        count += 1
      }
      return count >= length && cursor.isBlank
    }
  }

  /// The line that closes the fence.
  var closing: String { String(repeating: String(UnicodeScalar(mark)), count: length) }
}
