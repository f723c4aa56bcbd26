import Diagnostics

/// Text from outside as Markdown that shows it and nothing else.
///
/// Names, messages and data can hold anything: line breaks, terminal escapes, HTML, markers of
/// output regions. What comes out is one line, prints the same characters (invisible ones as
/// escapes) and can't become markup, on GitHub included (`$` would begin a formula there).
enum MarkdownText {
  private static let special: Set<Character> = [
    "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "$", "&",
  ]

  /// Prose: punctuation that means something in Markdown gets a backslash.
  static func prose(_ text: String) -> String {
    var escaped = ""
    for character in sanitizedForTerminal(text) {
      if special.contains(character) { escaped.append("\\") }
      escaped.append(character)
    }
    return escaped
  }

  /// A code span, with backticks that are longer than any run of them inside.
  static func code(_ text: String) -> String {
    let text = sanitizedForTerminal(text)
    guard !text.isEmpty else { return "" }
    let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
    let pad = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    return fence + pad + text + pad + fence
  }

  /// A code span inside a table, where a bar ends the cell even in code.
  ///
  /// A backslash before a bar can't be written in code there, so such a text becomes prose.
  static func cellCode(_ text: String) -> String {
    text.contains("\\|") ? prose(text) : code(text).replacing("|", with: "\\|")
  }

  /// A fenced block of lines, each made safe by itself.
  static func block(_ lines: [String], info: String = "text") -> String {
    let lines = lines.map(sanitizedForTerminal)
    let longest = lines.map { longestRun(of: "`", in: $0) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return ([fence + info] + lines + [fence]).joined(separator: "\n")
  }

  private static func longestRun(of character: Character, in text: String) -> Int {
    var longest = 0
    var current = 0
    for candidate in text {
      current = candidate == character ? current + 1 : 0
      longest = max(longest, current)
    }
    return longest
  }
}
