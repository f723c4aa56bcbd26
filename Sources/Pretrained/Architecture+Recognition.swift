public import ModelGraph

extension Architecture {
  /// The family and sizes of a model whose layers are exactly a preset's; nil for any other.
  ///
  /// A model that was written layer by layer is recognised too: the sizes are read from where a
  /// preset has them, and the preset of these sizes is then compared with the whole model.
  public init?(of model: ModelSpec) {
    guard case .tokens(let input) = model.input, let reading = LayerReading(model) else {
      return nil
    }
    let candidates = [
      reading.gpt2(input).map(Architecture.gpt2), reading.bert(input).map(Architecture.bert),
      reading.llama(input).map(Architecture.llama),
    ]
    guard
      let found = candidates.compactMap({ $0 }).first(where: { candidate in
        // What is minimised is no part of the architecture.
        var other = candidate.model
        other.loss = model.loss
        return other == model
      })
    else { return nil }
    self = found
  }
}

/// The sizes in a model's layers, where presets have them.
private struct LayerReading {
  let vocabulary: Int
  let width: Int
  let blocks: Int
  let attention: AttentionSpec
  /// All layers, groups opened, the repeated ones once.
  let layers: [LayerSpec]

  init?(_ model: ModelSpec) {
    layers = model.layers.flatMap(\.opened)
    guard case .embedding(let vocabulary, let width, _) = layers.first?.kind else { return nil }
    (self.vocabulary, self.width) = (vocabulary, width)
    var (times, found): (Int?, AttentionSpec?)
    for layer in layers {
      if case .repeat(let count, _) = layer.kind { times = times ?? count }
      if case .attention(let spec) = layer.kind { found = found ?? spec }
    }
    guard let times, let found else { return nil }
    (blocks, attention) = (times, found)
  }

  func gpt2(_ input: TokenInput) -> GPT2Sizes? {
    guard let positions, let layerNormEpsilon else { return nil }
    return GPT2Sizes(
      numLayers: blocks, hiddenSize: width, numHeads: attention.heads, vocabularySize: vocabulary,
      contextLength: input.contextLength, maxPositions: positions, dropout: dropout,
      layerNormEpsilon: layerNormEpsilon, isPadded: input.isPadded)
  }

  func bert(_ input: TokenInput) -> BERTSizes? {
    guard let positions, let layerNormEpsilon, let inner = out("up"), let types = input.typeCount
    else { return nil }
    let head: BERTSizes.Head =
      out("classifier").map { .classification(classes: $0) }
      ?? (out("transform") == nil ? .none : .maskedLM)
    return BERTSizes(
      numLayers: blocks, hiddenSize: width, numHeads: attention.heads, intermediateSize: inner,
      vocabularySize: vocabulary, maxPositions: positions, contextLength: input.contextLength,
      typeCount: types, attentionDropout: attention.dropout, dropout: dropout,
      layerNormEpsilon: layerNormEpsilon, head: head)
  }

  func llama(_ input: TokenInput) -> LlamaSizes? {
    guard let inner = out("gate"), let base = attention.rotaryBase else { return nil }
    var epsilon: Float = 0
    var isTied = false
    for layer in layers {
      if case .rmsNorm(let value) = layer.kind { epsilon = value }
      if case .linear(let spec) = layer.kind, layer.name == "head" { isTied = spec.tiedTo != nil }
    }
    return LlamaSizes(
      numLayers: blocks, hiddenSize: width, numHeads: attention.heads,
      numKeyHeads: attention.keyHeads, headSize: attention.headSize, intermediateSize: inner,
      vocabularySize: vocabulary, contextLength: input.contextLength, rotaryBase: base,
      normEpsilon: epsilon, attentionDropout: attention.dropout, attentionBias: attention.bias,
      isTied: isTied)
  }

  private var positions: Int? {
    for case .positionEmbedding(let count, _) in layers.map(\.kind) { return count }
    return nil
  }

  private var layerNormEpsilon: Float? {
    for case .layerNorm(let epsilon) in layers.map(\.kind) { return epsilon }
    return nil
  }

  private var dropout: Float {
    for case .dropout(let probability) in layers.map(\.kind) { return probability }
    return 0
  }

  /// The output features of the first linear layer of a name.
  private func out(_ name: String) -> Int? {
    for case (name, .linear(let spec)) in layers.map({ ($0.name ?? "", $0.kind) }) {
      return spec.outFeatures
    }
    return nil
  }
}

extension LayerSpec {
  /// The layer, followed by those inside it.
  fileprivate var opened: [LayerSpec] {
    [self] + kind.innerLists.flatMap { $0 }.flatMap(\.opened)
  }
}
