import Diagnostics

/// Puts tables in place of the paragraphs that cmark sees in them.
struct TableRendering {
  private let tree: MarkdownTree
  private let source: SourceText
  /// The line of the source that the tree's first line is.
  private let firstLine: Int
  private var found: [(paragraph: MarkdownNode, table: MarkdownTable)] = []

  init(_ tree: MarkdownTree, source: SourceText, firstLine: Int) {
    self.tree = tree
    self.source = source
    self.firstLine = firstLine
  }

  /// Replaces all tables of the tree.
  ///
  /// All cells are parsed at once, as paragraphs of one text that ends in the document's link
  /// definitions: linear in its size, whatever the number of cells.
  mutating func render() {
    let nodes = tree.nodes
    for node in nodes {
      guard case .paragraph = node.kind, let table = table(in: node) else { continue }
      found.append((node, table))
    }
    guard !found.isEmpty else { return }
    // A letter keeps whatever follows from being a heading, a list or code.
    let cells = found.flatMap { $0.table.rows.joined() }.map { "x \($0)" }
    let text = (cells + definitions(nodes)).joined(separator: "\n\n")
    let inlines = MarkdownTree(Array(text.utf8))
    var contents = inlines.root.children[...]
    for (paragraph, table) in found { replace(paragraph, with: table, &contents) }
  }

  private func table(in paragraph: MarkdownNode) -> MarkdownTable? {
    let lines = paragraph.lines
    let last = min(lines.upperBound + firstLine - 1, source.lineCount)
    let first = lines.lowerBound + firstLine - 1
    guard first < last else { return nil }
    let containers = containers(around: paragraph)
    let texts = (first...last).map { line in
      text(ofLine: line, in: containers)
    }
    return MarkdownTable(texts)
  }

  private func containers(around node: MarkdownNode) -> [MarkdownNode] {
    var containers: [MarkdownNode] = []
    var parent = node.parent
    while let container = parent {
      containers.append(container)
      parent = container.parent
    }
    return containers.reversed()
  }

  /// A line behind the marks of its quotes and list items.
  private func text(ofLine line: Int, in containers: [MarkdownNode]) -> String {
    var text = source.text(in: source.lineRange(line)).drop(while: \.isWhitespace)
    for container in containers {
      switch container.kind {
      case .quote where text.first == ">": text = text.dropFirst()
      case .item where container.lines.lowerBound + firstLine - 1 == line:
        text = text.drop(while: \.isNumber).dropFirst()
      default: continue
      }
      text = text.drop(while: \.isWhitespace)
    }
    return String(text)
  }

  /// The lines that look like link definitions, outside code.
  private func definitions(_ nodes: [MarkdownNode]) -> [String] {
    var code = Set<Int>()
    for node in nodes {
      if case .code = node.kind { code.formUnion(node.lines) }
    }
    let lines = firstLine...max(firstLine, source.lineCount)
    return lines.filter { !code.contains($0 - firstLine + 1) }.compactMap { line in
      let text = source.text(in: source.lineRange(line)).trimmed
      return text.hasPrefix("[") && text.contains("]:") ? text : nil
    }
  }

  private func replace(
    _ paragraph: MarkdownNode, with table: MarkdownTable,
    _ contents: inout ArraySlice<MarkdownNode>
  ) {
    let block = MarkdownNode(
      block: "<div class=\"table\" tabindex=\"0\"><table>\n<thead><tr>", closing: "</table></div>")
    for (index, row) in table.rows.enumerated() {
      let tag = index == 0 ? "th scope=\"col\"" : "td"
      for (column, alignment) in table.alignments.enumerated() {
        let isLast = column == row.count - 1
        let opening = column == 0 && index > 0 ? "<tr>" : ""
        let cell = MarkdownNode(
          block: "\(opening)<\(tag) class=\"\(alignment)\">",
          closing: "</\(index == 0 ? "th" : "td")>" + (isLast ? end(of: index, table) : ""))
        if let content = contents.popFirst() { move(content, into: cell) }
        block.append(cell)
      }
    }
    if table.leading == 0 {
      block.replace(paragraph)
    } else {
      removeLines(from: table.leading, of: paragraph)
      block.insert(before: paragraph)
      paragraph.insert(before: block)
    }
  }

  private func end(of row: Int, _ table: MarkdownTable) -> String {
    let isLast = row == table.rows.count - 1
    return row == 0
      ? isLast ? "</tr></thead>" : "</tr></thead>\n<tbody>"
      : isLast ? "</tr></tbody>" : "</tr>"
  }

  /// Moves a paragraph's inlines, but for the letter before them.
  private func move(_ paragraph: MarkdownNode, into cell: MarkdownNode) {
    for (index, inline) in paragraph.children.enumerated() {
      cell.append(inline)
      guard index == 0 else { continue }
      inline.setLiteral(String(inline.literal.dropFirst().drop { $0 == " " }))
    }
  }

  /// Removes what is behind that many lines of a paragraph.
  private func removeLines(from count: Int, of paragraph: MarkdownNode) {
    var breaks = 0
    for inline in paragraph.children {
      if case .softBreak = inline.kind { breaks += 1 }
      if breaks >= count { inline.remove() }
    }
  }
}
