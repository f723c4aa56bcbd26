extension Table {
  /// The table as an HTML element.
  ///
  /// - Parameter rowClasses: the class of each row, in order.
  func html(rowClasses: [String]) -> String {
    let titles = columns.indices.map { cell("th scope=\"col\"", "th", columns[$0].title, $0) }
    let body = zip(rows, rowClasses).map { row, name in
      let cells = columns.indices.map { index in
        cell("td", "td", row.indices.contains(index) ? row[index] : "", index)
      }
      return "<tr class=\"\(name)\">\(cells.joined())</tr>"
    }
    return "<table>\n<thead><tr>\(titles.joined())</tr></thead>\n<tbody>\n"
      + body.joined(separator: "\n") + "\n</tbody>\n</table>"
  }

  private func cell(_ opening: String, _ name: String, _ content: Cell, _ index: Int) -> String {
    let side = columns[index].alignment == .right ? " class=\"r\"" : ""
    return "<\(opening)\(side)>\(content.html)</\(name)>"
  }
}

extension Table.Cell {
  fileprivate var html: String {
    switch self {
    case .plain(let text): HTMLText.escaped(text)
    case .strong(let text): text.isEmpty ? "" : "<strong>\(HTMLText.escaped(text))</strong>"
    case .code(let text): text.isEmpty ? "" : "<code>\(HTMLText.escaped(text))</code>"
    case .list(let cells): cells.map(\.html).joined(separator: " ")
    }
  }
}
