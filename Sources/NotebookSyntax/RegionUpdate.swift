/// What a directive's region shall hold.
public struct RegionUpdate: Sendable {
  /// The directive's id.
  public var id: String
  /// Which of its regions.
  public var kind: OutputRegion.Kind
  /// The input key; its first 8 characters are written as `in=`.
  public var key: String
  /// Markdown with LF line endings; nil removes the region.
  ///
  /// It is written without blank lines at its ends, with spaces for leading tabs. A line outside
  /// code that looks like a region marker gets `&lt;` for its `<`; a text that would swallow what
  /// follows it, by an open fence or HTML block, is written as a code block.
  public var body: String?

  /// Creates an update.
  public init(id: String, kind: OutputRegion.Kind, key: String, body: String?) {
    self.id = id
    self.kind = kind
    self.key = key
    self.body = body
  }
}
