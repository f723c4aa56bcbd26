/// Lets folded blocks through: `<details>` with a `<summary>` and its end, as nbrun writes them.
enum FoldedBlocks {
  /// Treats the HTML blocks directly below a node; those that are no folded blocks become text.
  static func render(below parent: MarkdownNode) {
    var open: [(start: MarkdownNode, opening: String)] = []
    for child in parent.children {
      guard case .htmlBlock = child.kind else { continue }
      let literal = child.literal.trimmed
      if let opening = opening(literal) {
        open.append((child, opening))
      } else if literal.lowercased() == "</details>", let (start, opening) = open.popLast() {
        MarkdownNode(block: opening, closing: "</details>").enclose(from: start, to: child)
      } else {
        show(child, literal)
      }
    }
    for (start, _) in open { show(start, start.literal) }
  }

  /// `<details>` and `<summary>…</summary>`, with nothing else in them but text.
  private static func opening(_ literal: String) -> String? {
    let isOpen = literal.hasPrefix("<details open>")
    guard isOpen || literal.hasPrefix("<details>"), literal.hasSuffix("</summary>") else {
      return nil
    }
    let rest = literal.dropFirst(isOpen ? 14 : 9).trimmed
    guard rest.hasPrefix("<summary>") else { return nil }
    let summary = rest.dropFirst(9).dropLast(10)
    guard !summary.contains("<"), !summary.contains(">") else { return nil }
    // Entities are what they are in HTML: text.
    let text = HTMLText.escaped(String(summary)).replacing("&amp;", with: "&")
    return "<details\(isOpen ? " open" : "")><summary>\(text)</summary>"
  }

  private static func show(_ node: MarkdownNode, _ literal: String) {
    let text = literal.hasPrefix("<!--") ? "" : HTMLText.escaped(literal)
    let html = text.isEmpty ? "" : "<pre class=\"raw\"><code>\(text)</code></pre>"
    MarkdownNode(block: html).replace(node)
  }
}
