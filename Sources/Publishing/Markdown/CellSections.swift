import NotebookSyntax

/// Makes a section of each directive and the regions below it.
struct CellSections {
  let notebook: Notebook
  let cells: [String: PageCell]
  let language: String
  /// The line of the source that the tree's first line is.
  let firstLine: Int

  /// Replaces directives and markers in the tree.
  func render(_ tree: MarkdownTree) {
    let directives = Dictionary(
      notebook.directives.map { ($0.fenceLines.lowerBound, $0) }, uniquingKeysWith: { a, _ in a })
    var fences: [(node: MarkdownNode, directive: Directive)] = []
    var markers: [Int: MarkdownNode] = [:]
    for node in tree.nodes {
      let line = node.lines.lowerBound + firstLine - 1
      switch node.kind {
      case .code: directives[line].map { fences.append((node, $0)) }
      case .htmlBlock: markers[line] = node
      default: break
      }
    }
    var outputs = Set<MarkdownNode>()
    for region in notebook.regions {
      if let output = wrap(region, markers) { outputs.insert(output) }
    }
    for (node, directive) in fences { makeSection(of: directive, node, outputs) }
  }

  /// Puts what is between a region's markers into a block; nil where they are not where they
  /// should be, and the region is shown as any other text.
  private func wrap(_ region: OutputRegion, _ markers: [Int: MarkdownNode]) -> MarkdownNode? {
    guard let start = markers[region.lines.lowerBound], let end = markers[region.lines.upperBound],
      start != end, start.parent == end.parent
    else { return nil }
    let style = region.kind == .out ? "output" : "output times"
    let label = HTMLText.escaped("\(PageWord.output.text(language)) \(region.id)")
    let block = MarkdownNode(
      block: "<div class=\"\(style)\" role=\"group\" aria-label=\"\(label)\">", closing: "</div>")
    block.enclose(from: start, to: end)
    return block
  }

  private func makeSection(
    of directive: Directive, _ fence: MarkdownNode, _ outputs: Set<MarkdownNode>
  ) {
    let cell = cells[directive.id] ?? PageCell(mark: .fresh)
    let name = HTMLText.escaped("\(directive.kind) \(directive.id)")
    let section = MarkdownNode(
      block: "<section class=\"cell \(cell.mark.style)\" id=\"cell-\(directive.id)\" "
        + "aria-label=\"\(name)\">",
      closing: "</section>")
    section.insert(before: fence)
    while let next = fence.next, outputs.contains(next) { section.append(next) }
    let code =
      cell.showsDirective
      ? "<pre class=\"directive\" tabindex=\"0\"><code>"
        + "\(YAMLHighlighting(fence.literal.trimmedEnd).html)</code></pre>"
      : ""
    let head = MarkdownNode(block: head(of: directive, cell.mark) + code)
    if let first = section.children.first {
      head.insert(before: first)
    } else {
      section.append(head)
    }
    fence.remove()
  }

  private func head(of directive: Directive, _ mark: CellMark) -> String {
    let badge = mark.badge(language)
    let note = mark.note(language).map { "<p class=\"note\">\($0)</p>" } ?? ""
    return """
      <div class="cell-head"><span class="cell-kind">\(HTMLText.escaped(directive.kind))</span> \
      <a class="cell-id" href="#cell-\(directive.id)">\(directive.id)</a> \
      <span class="badge \(mark.style)">\(badge)</span></div>\(note)
      """
  }
}

extension CellMark {
  /// A word or two.
  func badge(_ language: String) -> String {
    let word: PageWord =
      switch self {
      case .fresh: .fresh
      case .stale: .stale
      case .missing: .missing
      case .edited: .edited
      case .inactive: .inactive
      case .failed: .failed
      case .claimsFail: .claimsFail
      }
    return word.text(language)
  }

  /// A sentence as HTML, where there is something to say.
  fileprivate func note(_ language: String) -> String? {
    switch self {
    case .fresh, .inactive: nil
    case .stale: PageWord.staleNote.text(language)
    case .missing: PageWord.missingNote.text(language)
    case .edited: PageWord.editedNote.text(language)
    case .failed(let message):
      "\(PageWord.failedNote.text(language)) \(HTMLText.escaped(message))"
    case .claimsFail: PageWord.claimsFailNote.text(language)
    }
  }
}

extension String {
  /// The text without line endings at its end.
  fileprivate var trimmedEnd: String {
    var text = self[...]
    while text.last?.isNewline == true { text.removeLast() }
    return String(text)
  }
}
