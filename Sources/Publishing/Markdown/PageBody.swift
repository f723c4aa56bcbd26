import Diagnostics
import NotebookSyntax

/// A notebook's text as HTML, with its headings for a table of contents.
struct PageBody {
  /// The HTML.
  private(set) var html = ""
  /// The headings of the levels 2 and 3.
  private(set) var headings: [Heading] = []
  /// Whether the text has a heading of level 1.
  private(set) var hasTitle = false

  private let page: SitePage
  private let surroundings: PageSurroundings
  private var slugs: [String: Int] = ["main": 1, "contents": 1]

  /// A heading that can be linked to.
  struct Heading {
    var level: Int
    var text: String
    var slug: String
  }

  init(_ page: SitePage, _ surroundings: PageSurroundings) {
    self.page = page
    self.surroundings = surroundings
    let start = page.notebook.textStart
    let firstLine = start == 0 ? 1 : page.notebook.source.position(at: start).line
    let bytes = HTMLText.withoutControls(page.notebook.source.bytes[...])
    let source = SourceText(name: page.notebook.source.name, bytes: bytes)
    let tree = MarkdownTree(Array(bytes[start...]))
    var tables = TableRendering(tree, source: source, firstLine: firstLine)
    tables.render()
    CellSections(
      notebook: page.notebook, cells: page.cells, language: page.language, firstLine: firstLine
    ).render(tree)
    Self.renderRawHTML(tree)
    for node in tree.nodes {
      if case .heading(let level) = node.kind { renderHeading(node, level) }
    }
    // Backwards, as an image takes what is below it along; without paragraphs, as an image that is
    // alone in one takes its place.
    for node in tree.nodes.filter(Self.isRendered).reversed() { render(node) }
    html = tree.html
  }

  private static func renderRawHTML(_ tree: MarkdownTree) {
    func parents(_ isWanted: (MarkdownNode) -> Bool) -> [MarkdownNode] {
      var seen = Set<MarkdownNode>()
      return tree.nodes.filter(isWanted).compactMap(\.parent).filter { parent in
        // Within an image it is a part of its description.
        if case .image = parent.kind { return false }
        return seen.insert(parent).inserted
      }
    }
    for parent in parents({ if case .htmlBlock = $0.kind { true } else { false } }) {
      FoldedBlocks.render(below: parent)
    }
    for parent in parents({ if case .htmlInline = $0.kind { true } else { false } }) {
      HTMLPairing.renderInlines(of: parent)
    }
  }

  private static func isRendered(_ node: MarkdownNode) -> Bool {
    switch node.kind {
    case .code, .link, .image, .softBreak: true
    default: false
    }
  }

  private func render(_ node: MarkdownNode) {
    switch node.kind {
    case .code(let info): renderCode(node, info)
    case .link: node.setDestination(surroundings.link(node.destination))
    case .image: renderImage(node)
    case .softBreak where Self.joinsWideText(node): MarkdownNode(inline: "").replace(node)
    default: break
    }
  }

  private mutating func renderHeading(_ node: MarkdownNode, _ level: Int) {
    let text = node.plainText.trimmed
    let slug = uniqueSlug(text)
    if level == 1 { hasTitle = true }
    if level == 2 || level == 3 { headings.append(Heading(level: level, text: text, slug: slug)) }
    MarkdownNode(
      block: "<h\(level) id=\"\(HTMLText.escaped(slug))\">", closing: "</h\(level)>"
    ).replace(node, keepingChildren: true)
  }

  private mutating func uniqueSlug(_ text: String) -> String {
    let slug = HTMLText.slug(text)
    // A cell's section may have the name.
    let base = slug.isEmpty || slug.hasPrefix("cell-") ? "section-\(slug)" : slug
    let count = slugs[base, default: 0]
    slugs[base] = count + 1
    return count == 0 ? base : uniqueSlug("\(base)-\(count)")
  }

  private func renderCode(_ node: MarkdownNode, _ info: String) {
    let literal = node.literal
    let isYAML = ["yaml", "yml"].contains(info.prefix { !$0.isWhitespace })
    let code = isYAML ? YAMLHighlighting(literal).html : HTMLText.escaped(literal)
    MarkdownNode(block: "<pre tabindex=\"0\"><code>\(code)</code></pre>").replace(node)
  }

  private func renderImage(_ node: MarkdownNode) {
    let rendering = ImageRendering(
      destination: node.destination, description: node.plainText, page: page,
      image: surroundings.image(node.destination))
    guard let parent = node.parent, case .paragraph = parent.kind, parent.children.count == 1 else {
      MarkdownNode(inline: rendering.inline).replace(node)
      return
    }
    MarkdownNode(block: rendering.block).replace(parent)
  }

  /// Japanese and Chinese are written without spaces, so a line's end between two wide characters
  /// is none.
  private static func joinsWideText(_ node: MarkdownNode) -> Bool {
    guard let before = node.previous?.plainText.last, let after = node.next?.plainText.first else {
      return false
    }
    return displayWidth(String(before)) == 2 && displayWidth(String(after)) == 2
  }
}
