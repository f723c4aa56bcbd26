import ModelGraph

extension BodyReader {
  /// GPT-2; without further keys the published 124 M one.
  func gpt2(_ node: YAMLNode) -> ModelSpec? {
    let known = [
      "preset", "num_layers", "hidden_size", "num_heads", "vocab_size", "context_length",
      "dropout", "layer_norm_epsilon",
    ]
    guard let keys = mapping(node, "preset gpt2", keys: known, place: place) else { return nil }
    let usual = GPT2Sizes()
    let sizes = GPT2Sizes(
      numLayers: keys.integer("num_layers", 1...1000, default: usual.numLayers) ?? 1,
      hiddenSize: keys.integer("hidden_size", BodyLimits.sizes, default: usual.hiddenSize) ?? 1,
      numHeads: keys.integer("num_heads", BodyLimits.sizes, default: usual.numHeads) ?? 1,
      vocabularySize: keys.integer(
        "vocab_size", BodyLimits.sizes, default: usual.vocabularySize) ?? 1,
      contextLength: keys.integer(
        "context_length", BodyLimits.sizes, default: usual.contextLength) ?? 1,
      dropout: Float(keys.number("dropout", .belowOne, default: 0.1) ?? 0),
      layerNormEpsilon: Float(keys.number("layer_norm_epsilon", .positive, default: 1e-5) ?? 1))
    guard sizes.hiddenSize.isMultiple(of: sizes.numHeads) || !faults.isEmpty else {
      let range = (keys["num_heads"] ?? keys["hidden_size"])?.range ?? place
      note(.headsDoNotDivide(heads: sizes.numHeads, width: sizes.hiddenSize), at: range)
      return nil
    }
    return .gpt2(sizes)
  }

  /// A multilayer perceptron that classifies (`classes`) or predicts numbers (`out`).
  func mlp(_ node: YAMLNode) -> ModelSpec? {
    let known = [
      "preset", "features", "hidden", "classes", "out", "activation", "dropout", "loss",
    ]
    guard let keys = mapping(node, "preset mlp", keys: known, place: place) else { return nil }
    let features = keys.integer("features", BodyLimits.sizes)
    let hidden = keys.required("hidden").map(hiddenSizes) ?? []
    let activation =
      keys["activation"]
      .flatMap { word($0, "activation", among: MLPSizes.Activation.allCases.map(\.rawValue)) }
      .flatMap(MLPSizes.Activation.init) ?? .relu
    let dropout = Float(keys.number("dropout", .belowOne, default: 0) ?? 0)
    guard let features, let output = mlpOutput(keys) else { return nil }
    return .mlp(
      MLPSizes(
        features: features, hidden: hidden, out: output.size, activation: activation,
        dropout: dropout, loss: loss(keys, default: output.loss)))
  }

  private func hiddenSizes(_ node: YAMLNode) -> [Int] {
    let nodes = node.scalar == nil ? items(node, "hidden") ?? [] : [node]
    return nodes.compactMap { integer($0, "hidden", BodyLimits.sizes) }
  }

  private func mlpOutput(_ keys: KeyedValues) -> (size: Int, loss: LossKind)? {
    switch (keys["classes"], keys["out"]) {
    case (let classes?, nil):
      return integer(classes, "classes", 2...65_536).map { ($0, .crossEntropy) }
    case (nil, let out?):
      return integer(out, "out", BodyLimits.sizes).map { ($0, .meanSquaredError) }
    case (.some, .some):
      note(.conflictingKeys(["classes", "out"], owner: keys.owner), at: keys.keyRange("out"))
    case (nil, nil):
      note(.missingOneOf(["classes", "out"], owner: keys.owner), at: place)
    }
    return nil
  }
}
