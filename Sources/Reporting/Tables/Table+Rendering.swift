import Diagnostics

extension Table {
  /// The table in GitHub's Markdown, its source aligned for a fixed-width face.
  ///
  /// Widths are display widths, so that Japanese text lines up too.
  public var markdown: String {
    let titles = columns.map { SizedText($0.title.markdown) }
    let body = rows.map { row in columns.indices.map { SizedText(row.cell($0).markdown) } }
    let widths = widths([titles] + body).map { max(3, $0) }
    let rule = zip(columns, widths).map { column, width in
      let dashes = String(repeating: "-", count: width - 1)
      return SizedText(column.alignment == .left ? ":" + dashes : dashes + ":")
    }
    return ([titles, rule] + body)
      .map { "| \(line($0, widths: widths, separator: " | ")) |" }
      .joined(separator: "\n")
  }

  /// The table as lines for a terminal: two spaces between columns, none at the end.
  public var terminalLines: [String] {
    let titles = columns.map { SizedText(sanitizedForTerminal($0.title.text)) }
    let body = rows.map { row in
      columns.indices.map { SizedText(sanitizedForTerminal(row.cell($0).text)) }
    }
    let widths = widths([titles] + body)
    return ([titles] + body).map { row in
      var line = line(row, widths: widths, separator: "  ")
      while line.utf8.last == UInt8(ascii: " ") { line.unicodeScalars.removeLast() }
      return line
    }
  }

  private func widths(_ rows: [[SizedText]]) -> [Int] {
    columns.indices.map { index in rows.map { $0[index].width }.max() ?? 0 }
  }

  private func line(_ row: [SizedText], widths: [Int], separator: String) -> String {
    var line = ""
    for index in columns.indices {
      if index > 0 { line += separator }
      let pad = String(repeating: " ", count: max(0, widths[index] - row[index].width))
      line += columns[index].alignment == .left ? row[index].text + pad : pad + row[index].text
    }
    return line
  }
}

/// A text and the terminal cells that it takes.
private struct SizedText {
  let text: String
  let width: Int

  init(_ text: String) {
    self.text = text
    width = displayWidth(text)
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
