public import Diagnostics

/// The YAML block between `---` and `---` or `...` at the very start of a notebook.
public struct FrontMatter: Sendable {
  /// The block with both delimiter lines and their line endings.
  public let range: ByteRange
  /// The YAML text, with its way back to the source.
  public let content: MappedText
  /// The line (from 1) of the closing delimiter.
  let lastLine: Int
}
