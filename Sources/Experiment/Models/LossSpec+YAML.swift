import ModelGraph

extension LossSpec {
  /// The loss as a model directive writes it: its name, and what differs from the usual.
  var yaml: String {
    let details: [String] =
      switch self {
      case .crossEntropy(let spec): spec.details
      case .binaryCrossEntropy(let weights):
        weights.isEmpty ? [] : ["pos_weight: \(Self.list(weights))"]
      case .meanSquaredError: []
      }
    return details.isEmpty ? name : "{\(name): {\(details.joined(separator: ", "))}}"
  }

  fileprivate static func list(_ values: [Float]) -> String {
    "[\(values.map { "\($0)" }.joined(separator: ", "))]"
  }
}

extension CrossEntropySpec {
  fileprivate var details: [String] {
    let usual = CrossEntropySpec()
    var details: [String] = []
    if labelSmoothing != usual.labelSmoothing {
      details.append("label_smoothing: \(labelSmoothing)")
    }
    if ignoreIndex != usual.ignoreIndex { details.append("ignore_index: \(ignoreIndex)") }
    if !classWeights.isEmpty { details.append("class_weights: \(LossSpec.list(classWeights))") }
    return details
  }
}
