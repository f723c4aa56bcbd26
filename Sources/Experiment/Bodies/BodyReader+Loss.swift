import ModelGraph

extension BodyReader {
  /// `cross_entropy`, `{cross_entropy: {label_smoothing: 0.1}}`, `{bce: {pos_weight: 2}}`, `mse`.
  func loss(_ node: YAMLNode) -> LossSpec? {
    guard let choice = variant(node, "loss", known: LossSpec.names) else { return nil }
    switch choice.name {
    case "cross_entropy": return .crossEntropy(comparison(choice))
    case "bce":
      let keys = details(of: choice, keys: ["pos_weight"])
      return .binaryCrossEntropy(positiveWeights: weights(keys, "pos_weight", .positive))
    default:
      if choice.hasDetails, let details = choice.details {
        wrongType(details, "'\(choice.name)'", expected: "written alone")
      }
      return .meanSquaredError
    }
  }

  private func comparison(_ choice: Variant) -> CrossEntropySpec {
    let keys = details(of: choice, keys: ["label_smoothing", "ignore_index", "class_weights"])
    let usual = CrossEntropySpec()
    let ignored = keys?.integer(
      "ignore_index", Int(Int32.min)...Int(Int32.max), default: Int(usual.ignoreIndex))
    return CrossEntropySpec(
      ignoreIndex: ignored.map(Int32.init) ?? usual.ignoreIndex,
      labelSmoothing: Float(keys?.number("label_smoothing", .belowOne, default: 0) ?? 0),
      classWeights: weights(keys, "class_weights", .notNegative))
  }

  /// Numbers in a list; a single one stands for itself.
  private func weights(_ keys: KeyedValues?, _ key: String, _ bounds: NumberBounds) -> [Float] {
    guard let node = keys?[key] else { return [] }
    let nodes = node.scalar == nil ? items(node, key) ?? [] : [node]
    return nodes.compactMap { number($0, key, bounds) }.map { Float($0) }
  }
}
