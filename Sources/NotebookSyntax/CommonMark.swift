import CCMark

/// The block structure of CommonMark text, as cmark sees it.
///
/// Only lines of code blocks and paragraphs and starts of containers are taken from cmark: its columns
/// and the end lines of its HTML blocks are unreliable.
enum CommonMark {
  /// The containers, code blocks and paragraphs in document order.
  ///
  /// - Complexity: linear in the number of bytes, times the depth of containers.
  static func blocks(of text: ArraySlice<UInt8>) -> [BlockNode] {
    withDocument(inlineMasked(text)) { document in
      var blocks: [BlockNode] = []
      collect(document, into: &blocks)
      return blocks
    }
  }

  /// Whether a paragraph after the text, one blank line between, would be a paragraph of the
  /// document: false where an open fence or HTML block would swallow it.
  static func endsOpen(_ text: ArraySlice<UInt8>) -> Bool {
    withDocument(inlineMasked(text) + Array("\n\nx".utf8)) { document in
      guard let last = cmark_node_last_child(document) else { return true }
      return cmark_node_get_type(last) != CMARK_NODE_PARAGRAPH
    }
  }

  private static func withDocument<Result>(
    _ text: [UInt8], _ read: (OpaquePointer) -> Result
  ) -> Result {
    let document = text.withUnsafeBytes { bytes in
      cmark_parse_document(
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, CMARK_OPT_DEFAULT)
    }
    // cmark's allocator aborts rather than returns nil.
    guard let document else { preconditionFailure("cmark returned no document") }
    defer { cmark_node_free(document) }
    return read(document)
  }

  /// Walks the containers without recursion: depth is the input's choice.
  private static func collect(_ document: OpaquePointer, into blocks: inout [BlockNode]) {
    var parents: [Int?] = []
    var parent: Int?
    var node: OpaquePointer = document
    while true {
      if let block = block(node, in: parent) { blocks.append(block) }
      if hasBlocks(node), let child = cmark_node_first_child(node) {
        parents.append(parent)
        if isContainer(node) { parent = blocks.count - 1 }
        node = child
        continue
      }
      while true {
        if let next = cmark_node_next(node) {
          node = next
          break
        }
        guard let above = cmark_node_parent(node), let aboveParent = parents.popLast() else {
          return
        }
        parent = aboveParent
        node = above
      }
    }
  }

  private static func block(_ node: OpaquePointer, in parent: Int?) -> BlockNode? {
    guard let kind = kind(of: node) else { return nil }
    let end = Int(cmark_node_get_end_line(node))
    // A heading ends with its underline, or the line below it: neither holds inline markup.
    let isHeading = cmark_node_get_type(node) == CMARK_NODE_HEADING
    return BlockNode(
      kind: kind, startLine: Int(cmark_node_get_start_line(node)),
      endLine: isHeading ? end - 1 : end, parent: parent)
  }

  private static func kind(of node: OpaquePointer) -> BlockNode.Kind? {
    switch cmark_node_get_type(node) {
    case CMARK_NODE_BLOCK_QUOTE: .quote
    case CMARK_NODE_ITEM: .item
    case CMARK_NODE_CODE_BLOCK:
      .code(hasInfo: cmark_node_get_fence_info(node).map { $0.pointee != 0 } ?? false)
    case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING: .paragraph
    default: nil
    }
  }

  private static func isContainer(_ node: OpaquePointer) -> Bool {
    let type = cmark_node_get_type(node)
    return type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_ITEM
  }

  private static func hasBlocks(_ node: OpaquePointer) -> Bool {
    let type = cmark_node_get_type(node)
    return type == CMARK_NODE_DOCUMENT || type == CMARK_NODE_LIST || isContainer(node)
  }
}

extension Notebook {
  /// The version of the cmark library in use.
  public static var parserVersion: String { String(cString: cmark_version_string()) }
}
