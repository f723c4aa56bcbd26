import ModelGraph

extension BodyReader {
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
    let output = mlpOutput(keys)
    guard let features, let output else { return nil }
    return .mlp(
      MLPSizes(
        features: features, hidden: hidden, out: output.size, activation: activation,
        dropout: dropout, loss: output.loss))
  }

  private func hiddenSizes(_ node: YAMLNode) -> [Int] {
    let nodes = node.scalar == nil ? items(node, "hidden") ?? [] : [node]
    return nodes.compactMap { integer($0, "hidden", BodyLimits.sizes) }
  }

  private func mlpOutput(_ keys: KeyedValues) -> (size: Int, loss: LossSpec)? {
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
