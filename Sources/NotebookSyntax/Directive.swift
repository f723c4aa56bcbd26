public import Diagnostics

/// A fenced block `yaml {.nbrun-KIND #id key=value …}`.
public struct Directive: Sendable {
  /// The kind, one of `knownKinds`: the class without `.nbrun-`.
  public let kind: String
  /// The kind's place, `.nbrun-` included.
  public let kindRange: ByteRange
  /// The id without `#`: `[a-z][a-z0-9-]*`, unique in the notebook.
  public let id: String
  /// The id's place, without `#`.
  public let idRange: ByteRange
  /// The `key=value` attributes in order, without repeated keys.
  public let attributes: [Attribute]
  /// From the opening fence's line through the end of the closing fence's line, line ending not
  /// included.
  public let fenceRange: ByteRange
  /// The lines (from 1) of the opening and the closing fence.
  public let fenceLines: ClosedRange<Int>
  /// The first `#| key: value` lines without `#|`, one YAML text.
  public let options: MappedText
  /// The YAML body after the options, without container prefix and fence indentation.
  public let body: MappedText
  /// The region of its results.
  public let output: OutputRegion?
  /// The region of its times.
  public let timing: OutputRegion?
  /// The block quotes and list items around the fence.
  let container: ContainerPath

  /// The kinds of directives, in the order in which help lists them.
  public static let knownKinds = [
    "data", "model", "plan", "train", "eval", "generate", "compare", "expect", "query", "plot",
  ]

  /// A `key=value` attribute.
  public struct Attribute: Sendable {
    /// The key.
    public let key: String
    /// The value without its quotes.
    public let value: String
    /// The place of key and value.
    public let range: ByteRange
  }

  /// The region of a kind.
  public func region(_ kind: OutputRegion.Kind) -> OutputRegion? {
    kind == .out ? output : timing
  }
}
