public import ModelGraph

/// A model of a known family, with its sizes.
public enum Architecture: Hashable, Sendable {
  case gpt2(GPT2Sizes)
  case bert(BERTSizes)
  case llama(LlamaSizes)

  /// The model's layers.
  public var model: ModelSpec {
    switch self {
    case .gpt2(let sizes): .gpt2(sizes)
    case .bert(let sizes): .bert(sizes)
    case .llama(let sizes): .llama(sizes)
    }
  }

  /// Where its parameters lie among a folder's tensors.
  var weights: WeightMap {
    switch self {
    case .gpt2(let sizes): WeightMap(sizes)
    case .bert(let sizes): WeightMap(sizes)
    case .llama(let sizes): WeightMap(sizes)
    }
  }
}
