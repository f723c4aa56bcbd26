import ModelGraph

extension KeyFields {
  /// Adds a model; a preset and the same model written as layers have the same parts.
  mutating func add(_ model: ModelSpec) {
    switch model.input {
    case .tokens(let tokens):
      add("input.tokens", tokens.vocabularySize)
      add("input.context_length", tokens.contextLength)
      add("input.padding", tokens.isPadded)
      add("input.token_types", tokens.typeCount ?? 0)
    case .features(let count): add("input.features", count)
    case .image(let height, let width, let channels):
      add("input.height", height)
      add("input.width", width)
      add("input.channels", channels)
    }
    // A store may hold records of a mean that counted padding: they are of another model.
    if case .tokens(let tokens) = model.input, tokens.isPadded,
      model.layers.contains(where: \.poolsByMean)
    {
      add("global_avg_pool", "without padding")
    }
    add(model.loss)
    add(model.layers)
  }

  private mutating func add(_ layers: [LayerSpec]) {
    add("layers", layers) { fields, name, layer in
      fields.add(name, layer.kind.name)
      fields.group(name) { fields in
        if let name = layer.name { fields.add("name", name) }
        fields.add(layer.kind)
      }
    }
  }

  private mutating func add(_ kind: LayerKind) {
    switch kind {
    case .linear(let spec):
      add("out", spec.outFeatures)
      add("bias", spec.bias)
      add("init", spec.initialization.keyText)
      if let name = spec.tiedTo { add("tied", name) }
    case .embedding(let vocabularySize, let width, let initialization):
      add("vocab_size", vocabularySize)
      add("dim", width)
      add("init", initialization.keyText)
    case .positionEmbedding(let contextLength, let initialization):
      add("context_length", contextLength)
      add("init", initialization.keyText)
    case .layerNorm(let epsilon), .rmsNorm(let epsilon): add("eps", epsilon)
    case .tokenTypeEmbedding(let initialization): add("init", initialization.keyText)
    case .attention(let spec): add(spec)
    case .gelu(let form): add("form", form.rawValue)
    case .relu, .silu, .tanh, .sigmoid, .softmax, .firstToken: break
    case .dropout(let probability): add("p", probability)
    case .residual(let layers, let shortcut):
      add(layers)
      if !shortcut.isEmpty { group("shortcut") { $0.add(shortcut) } }
    case .sequential(let layers), .checkpoint(let layers): add(layers)
    case .product(let branches):
      add("branches", branches) { fields, name, branch in
        fields.group(name) { $0.add(branch) }
      }
    case .repeat(let times, let layers):
      add("times", times)
      add(layers)
    default: addImageLayer(kind)
    }
  }

  private mutating func add(_ spec: AttentionSpec) {
    add("heads", spec.heads)
    // What is as it was before these sizes existed keeps its key.
    if let heads = spec.keyHeads, heads != spec.heads { add("kv_heads", heads) }
    add("head_size", spec.headSize)
    if !spec.bias { add("bias", false) }
    if let base = spec.rotaryBase { add("rope.base", base) }
    add("causal", spec.causal)
    add("dropout", spec.dropout)
    add("init", spec.initialization.keyText)
    add("output_init", spec.outputInitialization.keyText)
  }
}

extension Initialization {
  /// The law as notebooks write it.
  var keyText: String {
    switch self {
    case .normal(let deviation): "normal: \(deviation)"
    case .fanIn: "fan_in"
    }
  }
}

extension LayerSpec {
  /// Whether the layer, or one inside it, takes the mean of all positions.
  fileprivate var poolsByMean: Bool {
    if case .globalAveragePool = kind { return true }
    return kind.innerLists.joined().contains(where: \.poolsByMean)
  }
}
