/// Layers that take each value for itself.
extension GraphBuilder {
  mutating func lowerActivation(_ function: Activation.Function) throws(ModelFault) {
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
