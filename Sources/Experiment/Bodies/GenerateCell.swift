/// Samples from a trained language model.
public struct GenerateCell: Hashable, Sendable {
  /// The train cell.
  public var train: String
  /// What is continued.
  public var prompt: Prompt
  /// How many tokens are drawn.
  public var tokens: Int
  /// What logits are divided by; 0 takes the most likely token.
  public var temperature: Double
  /// Only the k most likely tokens are drawn; nil leaves all.
  public var topK: Int?
  /// Only the most likely tokens that together have this probability; nil leaves all.
  public var topP: Double?
  /// The seed of the draws.
  public var seed: Int

  /// Creates a generation.
  public init(
    train: String, prompt: Prompt, tokens: Int, temperature: Double = 1, topK: Int? = nil,
    topP: Double? = nil, seed: Int = 0
  ) {
    self.train = train
    self.prompt = prompt
    self.tokens = tokens
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
    self.seed = seed
  }

  /// What is continued.
  public enum Prompt: Hashable, Sendable {
    /// A text, in the tokens of the training's data.
    case text(String)
    /// Tokens as they are.
    case tokens([Int32])
  }
}
