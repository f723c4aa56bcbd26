/// A table of GitHub's Markdown, read back as plain texts.
struct MarkdownTable {
  /// The titles of the columns.
  let titles: [String]
  /// The cells without emphasis, code marks and escapes.
  let rows: [[String]]

  /// The tables of a text: lines that begin with a bar, the second a rule.
  static func tables(in text: String) -> [MarkdownTable] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.split { !$0.hasPrefix("|") }.compactMap { block in
      guard block.count > 1 else { return nil }
      let rows = block.map(cells)
      return MarkdownTable(titles: rows[0], rows: Array(rows.dropFirst(2)))
    }
  }

  /// Cuts a line at bars that no backslash precedes.
  private static func cells(_ line: Substring) -> [String] {
    var cells: [String] = []
    var cell = ""
    var isEscaped = false
    for character in line.dropFirst() {
      if character == "|", !isEscaped {
        cells.append(plain(cell))
        cell = ""
      } else {
        cell.append(character)
      }
      isEscaped = character == "\\" && !isEscaped
    }
    return cells
  }

  /// The text that a cell shows.
  private static func plain(_ cell: String) -> String {
    var text = ""
    var rest = cell.drop { $0 == " " }
    while rest.last == " " { rest.removeLast() }
    var code = 0
    while let character = rest.first {
      if character == "`" {
        let run = rest.prefix { $0 == "`" }.count
        rest.removeFirst(run)
        if code != 0, code != run { text += String(repeating: "`", count: run) }
        code = code == 0 ? run : code == run ? 0 : code
        continue
      }
      rest.removeFirst()
      if character == "\\", let next = rest.first, code == 0 || next == "|" {
        text.append(next)
        rest.removeFirst()
      } else if character != "*" || code > 0 {
        text.append(character)
      }
    }
    return text
  }
}
