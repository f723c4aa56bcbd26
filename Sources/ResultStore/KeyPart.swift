/// One of the things that an input key is made of, so that a changed key can be explained.
public struct KeyPart: Codable, Sendable, Hashable {
  /// What it is, such as `body`, `param steps`, `file corpus.txt`.
  public var name: String
  /// Its value or digest as text.
  public var value: String

  /// Creates a part.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}
