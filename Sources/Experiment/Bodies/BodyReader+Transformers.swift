import ModelGraph

/// Transformers; a size that is not given is that of the published base model.
extension BodyReader {
  /// GPT-2; without further keys the published 124 M one.
  func gpt2(_ node: YAMLNode) -> ModelSpec? {
    let known = [
      "preset", "num_layers", "hidden_size", "num_heads", "vocab_size", "context_length",
      "dropout", "layer_norm_epsilon", "padding", "loss",
    ]
    guard let keys = mapping(node, "preset gpt2", keys: known, place: place) else { return nil }
    let usual = GPT2Sizes()
    let sizes = GPT2Sizes(
      numLayers: size(keys, "num_layers", usual.numLayers, in: 1...1000),
      hiddenSize: size(keys, "hidden_size", usual.hiddenSize),
      numHeads: size(keys, "num_heads", usual.numHeads),
      vocabularySize: size(keys, "vocab_size", usual.vocabularySize),
      contextLength: size(keys, "context_length", usual.contextLength),
      dropout: dropout(keys, "dropout", usual.dropout),
      layerNormEpsilon: epsilon(keys, "layer_norm_epsilon", 1e-5),
      isPadded: keys.flag("padding", default: false))
    guard divides(sizes.numHeads, sizes.hiddenSize, keys) else { return nil }
    return .gpt2(sizes)
  }

  /// BERT with a head; without further keys the published base model that classifies.
  func bert(_ node: YAMLNode) -> ModelSpec? {
    let known = [
      "preset", "num_layers", "hidden_size", "num_heads", "intermediate_size", "vocab_size",
      "max_positions", "context_length", "token_types", "dropout", "attention_dropout",
      "layer_norm_epsilon", "head", "loss",
    ]
    guard let keys = mapping(node, "preset bert", keys: known, place: place) else { return nil }
    let usual = BERTSizes()
    let hidden = size(keys, "hidden_size", usual.hiddenSize)
    let positions = size(keys, "max_positions", usual.maxPositions)
    let rest = dropout(keys, "dropout", usual.dropout)
    let sizes = BERTSizes(
      numLayers: size(keys, "num_layers", usual.numLayers, in: 1...1000), hiddenSize: hidden,
      numHeads: size(keys, "num_heads", usual.numHeads),
      intermediateSize: size(
        keys, "intermediate_size", min(4 * hidden, BodyLimits.sizes.upperBound)),
      vocabularySize: size(keys, "vocab_size", usual.vocabularySize), maxPositions: positions,
      contextLength: size(keys, "context_length", positions),
      typeCount: size(keys, "token_types", usual.typeCount),
      attentionDropout: dropout(keys, "attention_dropout", rest), dropout: rest,
      layerNormEpsilon: epsilon(keys, "layer_norm_epsilon", 1e-12),
      head: keys["head"].flatMap(bertHead) ?? usual.head)
    guard divides(sizes.numHeads, sizes.hiddenSize, keys) else { return nil }
    return .bert(sizes)
  }

  /// Llama; without further keys the published 7 B one.
  func llama(_ node: YAMLNode) -> ModelSpec? {
    let known = [
      "preset", "num_layers", "hidden_size", "num_heads", "num_kv_heads", "head_size",
      "intermediate_size", "vocab_size", "context_length", "rope_base", "rms_norm_epsilon",
      "attention_dropout", "attention_bias", "tied", "loss",
    ]
    guard let keys = mapping(node, "preset llama", keys: known, place: place) else { return nil }
    let usual = LlamaSizes()
    let hidden = size(keys, "hidden_size", usual.hiddenSize)
    let heads = size(keys, "num_heads", usual.numHeads)
    let headSize = keys["head_size"].flatMap { integer($0, "head_size", BodyLimits.sizes) }
    let sizes = LlamaSizes(
      numLayers: size(keys, "num_layers", usual.numLayers, in: 1...1000), hiddenSize: hidden,
      numHeads: heads, numKeyHeads: size(keys, "num_kv_heads", heads), headSize: headSize,
      intermediateSize: size(keys, "intermediate_size", usual.intermediateSize),
      vocabularySize: size(keys, "vocab_size", usual.vocabularySize),
      contextLength: size(keys, "context_length", usual.contextLength),
      rotaryBase: keys.number("rope_base", .positive, default: usual.rotaryBase) ?? 1,
      normEpsilon: epsilon(keys, "rms_norm_epsilon", 1e-6),
      attentionDropout: dropout(keys, "attention_dropout", 0),
      attentionBias: keys.flag("attention_bias", default: false),
      isTied: keys.flag("tied", default: false))
    guard headSize != nil || divides(heads, hidden, keys) else { return nil }
    return .llama(sizes)
  }

  /// `none`, `masked_lm` or `{classification: 2}`.
  func bertHead(_ node: YAMLNode) -> BERTSizes.Head? {
    guard let choice = variant(node, "head", known: ["classification", "masked_lm", "none"]) else {
      return nil
    }
    switch choice.name {
    case "none": return BERTSizes.Head.none
    case "masked_lm": return .maskedLM
    default:
      guard let classes = choice.details, choice.hasDetails else {
        return .classification(classes: 2)
      }
      return integer(classes, "classification", 1...65_536).map { .classification(classes: $0) }
    }
  }

  private func size(
    _ keys: KeyedValues, _ key: String, _ usual: Int, in range: ClosedRange<Int> = BodyLimits.sizes
  ) -> Int {
    keys.integer(key, range, default: usual) ?? 1
  }

  private func dropout(_ keys: KeyedValues, _ key: String, _ usual: Float) -> Float {
    keys[key].flatMap { number($0, key, .belowOne) }.map { Float($0) } ?? usual
  }

  private func epsilon(_ keys: KeyedValues, _ key: String, _ usual: Double) -> Float {
    Float(keys.number(key, .positive, default: usual) ?? 1)
  }

  /// Notes heads that do not divide the width; a fault of either size was noted before.
  private func divides(_ heads: Int, _ width: Int, _ keys: KeyedValues) -> Bool {
    guard !width.isMultiple(of: heads), faults.isEmpty else { return true }
    let range = (keys["num_heads"] ?? keys["hidden_size"])?.range ?? place
    note(.headsDoNotDivide(heads: heads, width: width), at: range)
    return false
  }
}
