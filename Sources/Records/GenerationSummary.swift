/// What a language model was given, and what it made of it.
public struct GenerationSummary: Codable, Sendable, Equatable {
  /// The prompt as text; tokens with spaces between them where they are no text.
  public var prompt: String
  /// What was drawn, likewise.
  public var text: String
  /// The drawn tokens.
  public var tokens: [Int32]

  /// Creates a summary.
  public init(prompt: String, text: String, tokens: [Int32]) {
    self.prompt = prompt
    self.text = text
    self.tokens = tokens
  }
}
