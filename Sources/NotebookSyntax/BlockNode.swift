/// A block of the Markdown text: a container, code, or text with inline markup.
struct BlockNode {
  /// What matters about the block.
  enum Kind {
    case quote
    case item
    /// Fenced or indented code; only a fence has an info string.
    case code(hasInfo: Bool)
    /// A paragraph or a heading.
    case paragraph
  }

  /// What it is.
  var kind: Kind
  /// The first line, from 1.
  var startLine: Int
  /// The last line.
  var endLine: Int
  /// The index of the container around it; nil at the top level.
  var parent: Int?
}
