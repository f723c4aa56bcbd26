public import Kernels
public import ModelGraph

/// Tokens drawn one after the other from a trained language model.
public struct GenerationJob: Hashable, Sendable {
  /// The model.
  public var model: ModelSpec
  /// The tokens that are continued; at least one.
  public var prompt: [Int32]
  /// How many tokens are drawn.
  public var count: Int
  /// How they are drawn.
  public var sampling: SamplingOptions
  /// What may be reserved.
  public var bounds = MemoryBounds()

  /// Creates a generation.
  public init(model: ModelSpec, prompt: [Int32], count: Int, sampling: SamplingOptions) {
    self.model = model
    self.prompt = prompt
    self.count = count
    self.sampling = sampling
  }

  /// Draws the tokens.
  ///
  /// Where the context is full, its older half is forgotten and the other half read anew, as
  /// positions can't be moved.
  ///
  /// - Returns: the drawn tokens, without the prompt.
  /// - Throws: `TrainingFault`.
  public func run(weights: SavedWeights, kernels: Kernels) throws(TrainingFault) -> [Int32] {
    precondition(!prompt.isEmpty, "there is a prompt")
    guard case .tokens(let input) = model.input else {
      throw .model(ModelFault(layer: [], path: "", reason: .needsTokens(kind: "generating")))
    }
    let context = input.contextLength
    let half = max(1, context / 2)
    let begin = prompt.suffix(context)
    let generator = try TokenGenerator(
      model, counts: [begin.count - 1, half - 1], kernels: kernels, bounds: bounds)
    try weights.read(into: generator.weights)
    var sampler = TokenSampler(sampling)
    var tokens = Array(begin)
    var logits = generator.read(tokens[...])
    for drawn in 0..<count {
      tokens.append(sampler.next(logits))
      guard drawn + 1 < count else { break }
      if generator.position == context {
        generator.restart()
        logits = generator.read(tokens.suffix(half))
      } else {
        logits = generator.read(tokens.suffix(1))
      }
    }
    return Array(tokens.dropFirst(begin.count))
  }
}
