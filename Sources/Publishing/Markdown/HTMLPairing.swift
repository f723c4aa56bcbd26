/// Lets the few harmless pieces of raw HTML of a notebook through, and shows the rest as text.
///
/// Allowed are pairs of tags without attributes that stand under one parent, so that nothing that
/// a notebook opens can stay open; and what nbrun itself writes: markers, values, folded tables.
struct HTMLPairing {
  private static let inlineTags: Set<String> = [
    "b", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "strong",
    "sub", "sup", "u", "var",
  ]

  /// Treats the inline HTML directly below a node.
  static func renderInlines(of parent: MarkdownNode) {
    var open: [(tag: String, node: MarkdownNode)] = []
    var raw: [MarkdownNode] = []
    for child in parent.children {
      guard case .htmlInline = child.kind else { continue }
      let tag = InlineTag(child.literal)
      switch tag {
      case .lineBreak: MarkdownNode(inline: "<br>").replace(child)
      case .comment: MarkdownNode(inline: "").replace(child)
      case .opening(let name), .value(let name):
        open.append((name, child))
        raw.append(child)
      case .closing(let name):
        guard let index = open.lastIndex(where: { $0.tag == name }) else {
          raw.append(child)
          continue
        }
        let start = open[index].node
        // What was opened inside and not closed stays text.
        open.removeSubrange(index...)
        raw.removeAll { $0 == start }
        wrap(from: start, to: child)
      case .closingValue:
        guard let index = open.lastIndex(where: { $0.tag.hasPrefix("nbrun:val ") }) else {
          MarkdownNode(inline: "").replace(child)
          continue
        }
        let start = open[index].node
        open.removeSubrange(index...)
        raw.removeAll { $0 == start }
        wrap(from: start, to: child)
      case .other: raw.append(child)
      }
    }
    for node in raw { show(node) }
  }

  /// A piece of inline HTML, by what becomes of it.
  private enum InlineTag {
    case lineBreak, comment, closingValue, other
    case opening(String)
    case closing(String)
    case value(String)

    init(_ literal: String) {
      if literal.hasPrefix("<!--") {
        let content = literal.dropFirst(4).dropLast(3).trimmed
        self =
          content == "/nbrun:val"
          ? .closingValue : content.hasPrefix("nbrun:val ") ? .value(content) : .comment
        return
      }
      let name = literal.dropFirst().dropLast().lowercased()
      if ["br", "br/", "br /"].contains(name) {
        self = .lineBreak
      } else if HTMLPairing.inlineTags.contains(name) {
        self = .opening(name)
      } else if name.first == "/", HTMLPairing.inlineTags.contains(String(name.dropFirst())) {
        self = .closing(String(name.dropFirst()))
      } else {
        self = .other
      }
    }

    /// The page's own tags for a pair.
    var tags: (opening: String, closing: String) {
      switch self {
      case .opening(let name): ("<\(name)>", "</\(name)>")
      case .value(let content):
        (
          "<span class=\"recorded\" title=\"\(HTMLText.escaped(content.dropFirst(10).trimmed))\">",
          "</span>"
        )
      default: ("", "")
      }
    }
  }

  private static func wrap(from start: MarkdownNode, to end: MarkdownNode) {
    let tags = InlineTag(start.literal).tags
    let wrapper = MarkdownNode(inline: tags.opening, closing: tags.closing)
    wrapper.enclose(from: start, to: end)
  }

  private static func show(_ node: MarkdownNode) {
    let literal = node.literal
    let text = literal.hasPrefix("<!--") ? "" : HTMLText.escaped(literal)
    MarkdownNode(inline: text.isEmpty ? "" : "<code class=\"raw\">\(text)</code>").replace(node)
  }
}

extension MarkdownNode {
  /// Takes the place of two siblings, with all that is between them as its children.
  func enclose(from start: MarkdownNode, to end: MarkdownNode) {
    insert(before: start)
    while let node = start.next, node != end { append(node) }
    start.remove()
    end.remove()
  }
}
