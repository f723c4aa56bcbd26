/// A table of GitHub's Markdown, read back as plain texts.
struct MarkdownTable {
  /// The titles of the columns.
  let titles: [String]
  /// The cells without emphasis, code marks and escapes.
  let rows: [[String]]

  /// The tables of a text: lines that begin with a bar, the second a rule.
  ///
  /// All that means something in a table is ASCII, so bytes are looked at and not characters.
  static func tables(in text: String) -> [MarkdownTable] {
    let lines = Array(text.utf8).split(separator: 0x0A, omittingEmptySubsequences: false)
    return lines.split { $0.first != bar }.compactMap { block in
      guard block.count > 1 else { return nil }
      let rows = block.map(cells)
      return MarkdownTable(titles: rows[0], rows: Array(rows.dropFirst(2)))
    }
  }

  private static let bar = UInt8(ascii: "|")
  private static let backslash = UInt8(ascii: "\\")
  private static let mark = UInt8(ascii: "`")
  private static let space = UInt8(ascii: " ")

  /// Cuts a line at bars that no backslash precedes.
  private static func cells(_ line: ArraySlice<UInt8>) -> [String] {
    var cells: [String] = []
    var start = line.startIndex + 1
    var isEscaped = false
    for index in line.indices.dropFirst() {
      if line[index] == bar, !isEscaped {
        cells.append(plain(line[start..<index]))
        start = index + 1
      }
      isEscaped = line[index] == backslash && !isEscaped
    }
    return cells
  }

  /// The text that a cell shows.
  private static func plain(_ cell: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    var rest = cell.drop { $0 == space }
    while rest.last == space { rest.removeLast() }
    var code = 0
    while let byte = rest.popFirst() {
      if byte == mark {
        let run = 1 + rest.prefix { $0 == mark }.count
        rest.removeFirst(run - 1)
        if code != 0, code != run { text += Array(repeating: mark, count: run) }
        code = code == 0 ? run : code == run ? 0 : code
      } else if byte == backslash, let next = rest.first, code == 0 || next == bar {
        text.append(next)
        rest.removeFirst()
      } else if byte != UInt8(ascii: "*") || code > 0 {
        text.append(byte)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
