/// How the next token is drawn from a model's logits.
public struct SamplingOptions: Hashable, Sendable {
  /// What logits are divided by; 0 takes the most likely token.
  public var temperature: Double
  /// Only the k most likely tokens are drawn; nil leaves all.
  public var topK: Int?
  /// Only the most likely tokens that together have this probability are drawn; nil leaves all.
  ///
  /// Holtzman et al. 2020, section 3.1.
  public var topP: Double?
  /// The seed of the draws.
  public var seed: Int

  /// Creates options; by default tokens are drawn as the model says.
  public init(
    temperature: Double = 1, topK: Int? = nil, topP: Double? = nil, seed: Int = 0
  ) {
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
    self.seed = seed
  }
}
