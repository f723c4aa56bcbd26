import TestSupport

/// Makes random notebooks without faults, and random bodies and texts with as many as possible.
struct NotebookGenerator {
  private var random: RepeatableGenerator
  private var ids: [String] = []

  init(seed: Int) { self.random = RepeatableGenerator(seed: seed) }

  /// A notebook without syntax errors and the ids of its directives.
  mutating func notebook() -> (bytes: [UInt8], ids: [String]) {
    var lines = random.oneIn(3) ? ["---", "title: x", "---"] : []
    for _ in 0..<Int.random(in: 0...6, using: &random) { lines += block() }
    let ending = random.pick(["\n", "\n", "\r\n", "\r"])
    var text = (random.oneIn(4) ? "\u{FEFF}" : "") + lines.joined(separator: ending)
    if !random.oneIn(3) { text += ending }
    return (Array(text.utf8), ids)
  }

  private mutating func block() -> [String] {
    var lines: [String]
    switch Int.random(in: 0..<5, using: &random) {
    case 0...1: lines = directive()
    case 2: lines = ["```", "<!-- #region nbrun:out x -->", "~~~", "```yaml {.nbrun-train", "```"]
    case 3: lines = [random.pick(["# Head", "- a\n- b", "> q", "|a|b|", "    code", "***"])]
    default: lines = ["Prose é 日本 `code", "and \\` <more *text* [x](y)", "====="]
    }
    for _ in 0..<Int.random(in: 0...3, using: &random) { lines = contained(lines) }
    return lines + (random.oneIn(2) ? ["", ""] : [""])
  }

  private mutating func directive() -> [String] {
    ids.append("cell-\(ids.count)")
    let fence = random.pick(["```", "~~~~", "`````"])
    let indentation = random.pick(["", "", " ", "   "])
    let body = random.oneIn(3) ? [] : ["#| echo: true", "a: 1", "", "b:", "  - c", "\td"]
    let opening = "\(fence)yaml {.nbrun-\(random.pick(["data", "train"])) #cell-\(ids.count - 1)}"
    return ([opening] + body + [fence]).map { $0.isEmpty ? "" : indentation + $0 }
  }

  /// Lines in a quote or a list item.
  private mutating func contained(_ lines: [String]) -> [String] {
    switch Int.random(in: 0..<3, using: &random) {
    case 0:
      let mark = random.pick(lines.contains { $0.hasPrefix(" ") } ? ["> ", "  > "] : [">", "> "])
      return lines.map { mark + $0 }
    case 1:
      // More than four columns after a marker would be indented code.
      let isIndented = lines.first?.hasPrefix(" ") ?? false
      return item(lines, marker: isIndented ? "- " : random.pick(["- ", "*   ", "+  "]))
    default: return item(lines, marker: random.pick(["1. ", "23) "]))
    }
  }

  private func item(_ lines: [String], marker: String) -> [String] {
    let indentation = String(repeating: " ", count: marker.count)
    return lines.enumerated().map { index, line in
      index == 0 ? marker + line : line.isEmpty ? "" : indentation + line
    }
  }

  /// Markdown with whatever could do harm.
  mutating func soup(lines count: Int) -> String {
    (0..<Int.random(in: 0...count, using: &random)).map { _ in
      (0..<Int.random(in: 0...4, using: &random)).map { _ in random.pick(Self.scraps) }.joined()
        + random.pick(["\n", "\n", "\n", "\r\n", "\r", ""])
    }.joined()
  }

  private static let scraps = [
    "```", "~~~", "````", "```yaml {.nbrun-data #a}", "```yaml {.nbrun-train #b k=\"v\"}",
    "~~~yaml {.nbrun-plan #c}", "<!-- #region nbrun:out a -->", "<!-- #endregion nbrun:out a -->",
    "<!-- #region nbrun:time b in=1f sum=2 -->", "<!-- #endregion nbrun:time b -->", "> ", ">",
    "- ",
    "1. ", "  ", "    ", "\t", " ", "text", "日本", "<!-- nbrun:val a.b -->", "<!-- /nbrun:val -->",
    "<!--", "-->", "<pre>", "</pre>", "<div>", "---", "===", "`", "[x]: /y", "\\", "#| a: 1",
    "* * *",
    "\u{FEFF}", "\u{0}", "\u{2028}", "e\u{301}", "{", "}", "#", "<![CDATA[", "]]>", "| a |",
  ]
}
