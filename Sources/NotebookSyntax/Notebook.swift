public import Diagnostics

/// A Markdown notebook as nbrun sees it: directives, output regions, value spans; all else is prose
/// whose bytes stay as they are.
///
/// Reading never fails: what is wrong with the text is in `diagnostics`.
public struct Notebook: Sendable {
  /// The text.
  public let source: SourceText
  /// The YAML block at the very start, if there is one.
  public let frontMatter: FrontMatter?
  /// The directives in document order: those with a known kind and a valid id of their own.
  ///
  /// A directive without these has an error among the diagnostics and is left out here.
  public let directives: [Directive]
  /// The output regions that belong to a directive, in document order.
  public let regions: [OutputRegion]
  /// The recorded values shown in prose, in document order.
  public let spans: [ValueSpan]
  /// Everything wrong with the notebook's syntax, in document order.
  public let diagnostics: [Diagnostic]

  /// Whether the notebook has an error, which bars it from being written.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// The directive with an id.
  public func directive(_ id: String) -> Directive? { directives.first { $0.id == id } }

  init(
    source: SourceText, frontMatter: FrontMatter?, directives: [Directive],
    regions: [OutputRegion], spans: [ValueSpan], diagnostics: [Diagnostic]
  ) {
    self.source = source
    self.frontMatter = frontMatter
    self.directives = directives
    self.regions = regions
    self.spans = spans
    self.diagnostics = diagnostics
  }
}

extension Notebook {
  /// Where the Markdown text begins: behind the front matter, else behind a byte order mark.
  public var textStart: Int { frontMatter?.range.upperBound ?? source.byteOrderMarkLength }
}
