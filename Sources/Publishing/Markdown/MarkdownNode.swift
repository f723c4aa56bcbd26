import CCMark

/// A node of a tree of cmark's; it lives as long as the tree that it is in.
struct MarkdownNode: Hashable {
  fileprivate let pointer: OpaquePointer

  /// What a page treats in its own way; all else is rendered by cmark.
  enum Kind {
    case document, item, quote, paragraph, other
    case heading(level: Int)
    case code(info: String)
    case htmlBlock, htmlInline
    case image, link, softBreak, text
  }

  var kind: Kind {
    switch cmark_node_get_type(pointer) {
    case CMARK_NODE_DOCUMENT: .document
    case CMARK_NODE_ITEM: .item
    case CMARK_NODE_BLOCK_QUOTE: .quote
    case CMARK_NODE_PARAGRAPH: .paragraph
    case CMARK_NODE_HEADING: .heading(level: Int(cmark_node_get_heading_level(pointer)))
    case CMARK_NODE_CODE_BLOCK: .code(info: Self.text(cmark_node_get_fence_info(pointer)))
    case CMARK_NODE_HTML_BLOCK: .htmlBlock
    case CMARK_NODE_HTML_INLINE: .htmlInline
    case CMARK_NODE_IMAGE: .image
    case CMARK_NODE_LINK: .link
    case CMARK_NODE_SOFTBREAK: .softBreak
    case CMARK_NODE_TEXT: .text
    default: .other
    }
  }

  /// The lines (from 1) of the parsed text; the last one is reliable for paragraphs only.
  var lines: ClosedRange<Int> {
    let first = Int(cmark_node_get_start_line(pointer))
    return first...max(first, Int(cmark_node_get_end_line(pointer)))
  }

  /// The text of a text, code or HTML node.
  var literal: String { Self.text(cmark_node_get_literal(pointer)) }

  /// The destination of a link or an image.
  var destination: String { Self.text(cmark_node_get_url(pointer)) }

  /// The text in and below the node, without markup; raw HTML is text.
  var plainText: String { plainText(withHTML: true) }

  /// The text in and below the node, without markup.
  func plainText(withHTML: Bool) -> String {
    var text = ""
    MarkdownTree.visit(pointer) { node in
      switch cmark_node_get_type(node) {
      case CMARK_NODE_TEXT, CMARK_NODE_CODE: text += Self.text(cmark_node_get_literal(node))
      case CMARK_NODE_HTML_INLINE where withHTML: text += Self.text(cmark_node_get_literal(node))
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: text += " "
      default: break
      }
    }
    return text
  }

  var parent: MarkdownNode? { cmark_node_parent(pointer).map(MarkdownNode.init) }
  var next: MarkdownNode? { cmark_node_next(pointer).map(MarkdownNode.init) }
  var previous: MarkdownNode? { cmark_node_previous(pointer).map(MarkdownNode.init) }

  /// The nodes directly below.
  var children: [MarkdownNode] {
    var children: [MarkdownNode] = []
    var child = cmark_node_first_child(pointer)
    while let node = child {
      children.append(MarkdownNode(pointer: node))
      child = cmark_node_next(node)
    }
    return children
  }

  fileprivate init(pointer: OpaquePointer) { self.pointer = pointer }

  /// A block of the page's own HTML around whatever is put into it; in no tree yet.
  init(block opening: String, closing: String = "") {
    self.init(CMARK_NODE_CUSTOM_BLOCK, opening, closing)
  }

  /// Inline HTML of the page's own.
  init(inline opening: String, closing: String = "") {
    self.init(CMARK_NODE_CUSTOM_INLINE, opening, closing)
  }

  private init(_ type: cmark_node_type, _ opening: String, _ closing: String) {
    // cmark's allocator aborts rather than returns nil.
    guard let node = cmark_node_new(type) else { preconditionFailure("cmark made no node") }
    cmark_node_set_on_enter(node, opening)
    cmark_node_set_on_exit(node, closing)
    pointer = node
  }

  func setLiteral(_ text: String) { cmark_node_set_literal(pointer, text) }
  func setDestination(_ address: String) { cmark_node_set_url(pointer, address) }

  /// Takes the node out of its tree and frees it with all below.
  func remove() {
    cmark_node_unlink(pointer)
    cmark_node_free(pointer)
  }

  /// Puts a node at the end of this one's children; it leaves where it was.
  func append(_ child: MarkdownNode) { cmark_node_append_child(pointer, child.pointer) }

  func insert(before sibling: MarkdownNode) {
    cmark_node_insert_before(sibling.pointer, pointer)
  }

  /// Takes the place of a node, whose children it gets if they are to be kept.
  func replace(_ old: MarkdownNode, keepingChildren: Bool = false) {
    cmark_node_replace(old.pointer, pointer)
    if keepingChildren { for child in old.children { append(child) } }
    cmark_node_free(old.pointer)
  }

  private static func text(_ characters: UnsafePointer<CChar>?) -> String {
    characters.map { String(cString: $0) } ?? ""
  }
}

/// A Markdown text as cmark's tree, in which nodes can be replaced before cmark renders it.
///
/// What cmark renders itself is safe: it leaves raw HTML out and links to `javascript:` empty.
final class MarkdownTree {
  private let document: OpaquePointer

  init(_ text: [UInt8]) {
    let document = text.withUnsafeBytes { bytes in
      cmark_parse_document(
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count,
        CMARK_OPT_VALIDATE_UTF8)
    }
    // cmark's allocator aborts rather than returns nil.
    guard let document else { preconditionFailure("cmark returned no document") }
    self.document = document
  }

  deinit { cmark_node_free(document) }

  var root: MarkdownNode { MarkdownNode(pointer: document) }

  /// All nodes in document order.
  var nodes: [MarkdownNode] {
    var nodes: [MarkdownNode] = []
    Self.visit(document) { nodes.append(MarkdownNode(pointer: $0)) }
    return nodes
  }

  /// The tree as HTML.
  var html: String {
    guard let html = cmark_render_html(document, CMARK_OPT_DEFAULT) else { return "" }
    defer { cmark_get_default_mem_allocator().pointee.free(html) }
    return String(cString: html)
  }

  /// Walks without recursion: depth is the input's choice.
  fileprivate static func visit(_ top: OpaquePointer, _ body: (OpaquePointer) -> Void) {
    let iterator = cmark_iter_new(top)
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE else { return }
      if event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) { body(node) }
    }
  }
}
