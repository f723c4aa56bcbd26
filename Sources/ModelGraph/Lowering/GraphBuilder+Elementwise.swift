import KernelTable

/// Layers that take each value for itself.
extension GraphBuilder {
  mutating func lowerActivation(_ function: ActivationFunction) throws(ModelFault) {
    if function == .relu, let index = extensible, let operation = graph.operations[index].rectified
    {
      return replaceOperation(at: index, with: operation)
    }
    let output = try activation(shape: [rows, width])
    try emit(
      .activation(Activation(function: function, count: rows * width)), inputs: [current],
      outputs: [output])
    current = output
  }

  mutating func lowerDropout(_ probability: Float) throws(ModelFault) {
    guard probability >= 0, probability < 1 else {
      throw fault(.probability(Double(probability)))
    }
    guard training, probability > 0 else { return }
    let output = try activation(shape: [rows, width])
    try emit(
      .dropout(Dropout(probability: probability, count: rows * width)), inputs: [current],
      outputs: [output])
    current = output
  }
}

extension Operation {
  /// The operation with a ReLU behind its result; nil where it can't.
  fileprivate var rectified: Operation? {
    var result = self
    switch kind {
    case .batchNorm(var rule) where !rule.shape.hasReLU:
      rule.shape.hasReLU = true
      result.kind = .batchNorm(rule)
    case .batchNormEvaluation(var rule) where !rule.shape.hasReLU:
      rule.shape.hasReLU = true
      result.kind = .batchNormEvaluation(rule)
    default: return nil
    }
    return result
  }
}
