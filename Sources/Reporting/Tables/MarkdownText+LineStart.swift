extension MarkdownText {
  /// Prose at the beginning of a line, where a few signs would begin a heading, a list or a rule.
  ///
  /// Spaces before it, four of which would begin code, are dropped.
  static func line(_ text: String) -> String {
    let prose = Array(prose(text).utf8.drop { $0 == space })
    guard let sign = startingSign(of: prose) else { return String(decoding: prose, as: UTF8.self) }
    let (before, from) = (prose[..<sign], prose[sign...])
    return String(decoding: before + [UInt8(ascii: "\\")] + from, as: UTF8.self)
  }

  private static let space = UInt8(ascii: " ")

  /// Where the sign lies that makes a line more than a paragraph; nil where none does.
  ///
  /// What begins with other signs than these is plain as prose already.
  private static func startingSign(of line: [UInt8]) -> Int? {
    let first = line.first ?? space
    switch first {
    case UInt8(ascii: "#"): return endsWord(line.prefix { $0 == first }.count, of: line) ? 0 : nil
    case UInt8(ascii: "+"): return endsWord(1, of: line) ? 0 : nil
    case UInt8(ascii: "-"):
      let isRule = line.allSatisfy { $0 == first || $0 == space }
      return isRule || endsWord(1, of: line) ? 0 : nil
    default:
      let digits = line.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
      guard digits > 0, digits < line.count,
        [UInt8(ascii: "."), UInt8(ascii: ")")].contains(line[digits])
      else { return nil }
      return endsWord(digits + 1, of: line) ? digits : nil
    }
  }

  private static func endsWord(_ index: Int, of line: [UInt8]) -> Bool {
    index == line.count || line[index] == space
  }
}
