/// What one example of the input looks like.
public enum InputSpec: Hashable, Sendable, Codable {
  /// A sequence of tokens.
  case tokens(TokenInput)
  /// A vector of features.
  case features(Int)
  /// An image, channels last.
  case image(height: Int, width: Int, channels: Int)

  /// A sequence of `contextLength` tokens below `vocabularySize`, all of which count.
  public static func tokens(vocabularySize: Int, contextLength: Int) -> InputSpec {
    .tokens(TokenInput(vocabularySize: vocabularySize, contextLength: contextLength))
  }
}

/// A sequence of tokens, and what may come with it.
public struct TokenInput: Hashable, Sendable, Codable {
  /// Tokens are below it.
  public var vocabularySize: Int
  /// Positions of an example.
  public var contextLength: Int
  /// Whether examples may be shorter than the context: attention then does not see the padding.
  public var isPadded: Bool
  /// How many types a token can have, such as BERT's two sentences; nil where it has none.
  public var typeCount: Int?

  /// Creates an input.
  public init(
    vocabularySize: Int, contextLength: Int, isPadded: Bool = false, typeCount: Int? = nil
  ) {
    self.vocabularySize = vocabularySize
    self.contextLength = contextLength
    self.isPadded = isPadded
    self.typeCount = typeCount
  }
}
