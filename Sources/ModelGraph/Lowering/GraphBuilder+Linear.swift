/// Linear layers, and the one that becomes part of the loss.
extension GraphBuilder {
  mutating func lowerLinear(_ spec: LinearSpec) throws(ModelFault) {
    try requireFeatures("linear")
    let (weight, bias) = try linearParameters(spec)
    let output = try activation(shape: [rows, spec.outFeatures])
    let kind = Linear(
      rows: rows, inFeatures: width, outFeatures: spec.outFeatures, hasBias: bias != nil,
      hasResidual: false)
    try emit(
      .linear(kind), inputs: [current, weight] + (bias.map { [$0] } ?? []), outputs: [output])
    current = output
    width = spec.outFeatures
  }

  /// The output layer, which becomes part of the loss.
  mutating func lowerHead(_ layer: LayerSpec, at index: Int) throws(ModelFault) {
    guard case .linear(let spec) = layer.kind else { return }
    indices = [index]
    enter(name(of: layer) ?? layer.kind.name)
    let (weight, bias) = try linearParameters(spec)
    try setHead(
      Graph.Head(weight: weight, bias: bias, layer: self.layer, classes: spec.outFeatures))
    leave()
    indices = []
  }

  private mutating func linearParameters(
    _ spec: LinearSpec
  ) throws(ModelFault) -> (weight: TensorID, bias: TensorID?) {
    let shape = [spec.outFeatures, width]
    let weight: TensorID
    if let name = spec.tiedTo {
      guard let table = tables[name] else {
        throw fault(.unknownTie(name: name, embeddings: tables.keys.sorted()))
      }
      guard graph[table].shape == shape else {
        throw fault(.tiedSize(name: name, table: graph[table].shape, needed: shape))
      }
      weight = table
    } else {
      weight = try parameter("weight", shape: shape, spec.initialization.law(fanIn: width))
    }
    let bias =
      spec.bias
      ? try parameter("bias", shape: [spec.outFeatures], spec.initialization.biasLaw(fanIn: width))
      : nil
    return (weight, bias)
  }
}
