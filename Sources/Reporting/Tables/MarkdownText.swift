import Diagnostics

/// Text from outside as Markdown that shows it and nothing else.
///
/// Names, messages and data can hold anything: line breaks, terminal escapes, HTML, markers of
/// output regions. What comes out is one line, prints the same characters (invisible ones as
/// escapes) and can't become markup, on GitHub included (`$` would begin a formula there).
enum MarkdownText {
  private static let special: Set<Unicode.Scalar> = [
    "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "$", "&",
  ]

  /// Prose within a line: punctuation that means something in Markdown gets a backslash.
  static func prose(_ text: String) -> String {
    replacingScalars(of: sanitizedForTerminal(text)) { special.contains($0) ? "\\\($0)" : nil }
  }

  /// A code span, with backticks that are longer than any run of them inside.
  static func code(_ text: String) -> String {
    let text = sanitizedForTerminal(text)
    guard !text.isEmpty else { return "" }
    let fence = String(repeating: "`", count: longestRun(of: backtick, in: text) + 1)
    let pad = text.utf8.first == backtick || text.utf8.last == backtick ? " " : ""
    return fence + pad + text + pad + fence
  }

  /// A code span inside a table, where a bar ends the cell even in code.
  ///
  /// A backslash before a bar can't be written in code there, so such a text becomes prose.
  static func cellCode(_ text: String) -> String {
    let hasEscapedBar = zip(text.utf8, text.utf8.dropFirst()).contains {
      $0 == UInt8(ascii: "\\") && $1 == UInt8(ascii: "|")
    }
    return hasEscapedBar
      ? prose(text) : replacingScalars(of: code(text)) { $0 == "|" ? "\\|" : nil }
  }

  /// A fenced block of lines, each made safe by itself.
  static func block(_ lines: [String], info: String = "text") -> String {
    let lines = lines.map(sanitizedForTerminal)
    let longest = lines.map { longestRun(of: backtick, in: $0) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return ([fence + info] + lines + [fence]).joined(separator: "\n")
  }

  private static let backtick = UInt8(ascii: "`")

  private static func longestRun(of byte: UInt8, in text: String) -> Int {
    var longest = 0
    var current = 0
    for candidate in text.utf8 {
      current = candidate == byte ? current + 1 : 0
      longest = max(longest, current)
    }
    return longest
  }
}
