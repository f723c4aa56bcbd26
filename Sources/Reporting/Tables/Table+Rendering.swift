import Diagnostics

extension Table {
  /// The table in GitHub's Markdown, its source aligned for a fixed-width face.
  ///
  /// Widths are display widths, so that Japanese text lines up too.
  public var markdown: String {
    let titles = columns.map { $0.title.markdown }
    let body = rows.map { row in columns.indices.map { row.cell($0).markdown } }
    let widths = columns.indices.map { index in
      max(3, ([titles] + body).map { displayWidth($0[index]) }.max() ?? 0)
    }
    let rule = zip(columns, widths).map { column, width in
      let dashes = String(repeating: "-", count: width - 1)
      return column.alignment == .left ? ":" + dashes : dashes + ":"
    }
    return ([titles, rule] + body)
      .map { "| " + set($0, widths: widths).joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }

  /// The table as lines for a terminal: two spaces between columns, none at the end.
  public var terminalLines: [String] {
    let titles = columns.map { sanitizedForTerminal($0.title.text) }
    let body = rows.map { row in columns.indices.map { sanitizedForTerminal(row.cell($0).text) } }
    let widths = columns.indices.map { index in
      ([titles] + body).map { displayWidth($0[index]) }.max() ?? 0
    }
    return ([titles] + body).map {
      let line = set($0, widths: widths).joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  private func set(_ texts: [String], widths: [Int]) -> [String] {
    zip(zip(columns, texts), widths).map { columnAndText, width in
      let (column, text) = columnAndText
      let pad = String(repeating: " ", count: max(0, width - displayWidth(text)))
      return column.alignment == .left ? text + pad : pad + text
    }
  }
}

extension Table.Cell {
  fileprivate var markdown: String {
    switch self {
    case .plain(let text): MarkdownText.prose(text)
    case .strong(let text): text.isEmpty ? "" : "**\(MarkdownText.prose(text))**"
    case .code(let text): MarkdownText.cellCode(text)
    case .list(let cells): cells.map(\.markdown).joined(separator: " ")
    }
  }
}

extension [Table.Cell] {
  fileprivate func cell(_ index: Int) -> Table.Cell {
    indices.contains(index) ? self[index] : .plain("")
  }
}
