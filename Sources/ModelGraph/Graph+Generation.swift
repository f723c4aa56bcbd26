extension Graph {
  /// Lowers a language model for `count` positions of one sequence whose earlier ones are cached.
  ///
  /// It is the graph of an evaluation in which attention reads a cache, so layers mean the same in
  /// both.
  ///
  /// - Parameter hasLogits: whether the logits of the positions are computed: `prediction` then.
  /// - Throws: `ModelFault` where the model can't be lowered, reads no tokens, or lets positions see
  ///   later ones.
  public init(
    generatingWith model: ModelSpec, count: Int, hasLogits: Bool
  ) throws(ModelFault) {
    guard case .tokens(var input) = model.input else {
      throw ModelFault(layer: [], path: "", reason: .needsTokens(kind: "generating"))
    }
    let context = input.contextLength
    input.contextLength = count
    input.isPadded = false
    var shorter = model
    shorter.input = .tokens(input)
    self = try Graph(lowering: shorter, batch: 1, training: false)
    try checkPositions(of: model)
    for index in operations.indices { try cache(index, context: context) }
    if hasLogits { addLogits() }
  }

  /// Checks that layers other than attention treat each position by itself: their parameters then
  /// don't depend on how many there are, and no statistics are of several.
  private func checkPositions(of model: ModelSpec) throws(ModelFault) {
    let whole = try Graph(lowering: model, batch: 1, training: false)
    for (parameter, own) in zip(whole.parameters, parameters)
    where whole[parameter.tensor].shape != self[own.tensor].shape {
      throw ModelFault(layer: [], path: self[own.tensor].layer, reason: .joinsPositions)
    }
    for operation in operations {
      guard case .groupNorm = operation.kind else { continue }
      throw ModelFault(layer: [], path: operation.layer, reason: .joinsPositions)
    }
  }

  private mutating func cache(_ index: Int, context: Int) throws(ModelFault) {
    guard case .attention(var attention) = operations[index].kind else { return }
    guard attention.causal else {
      throw ModelFault(
        layer: [], path: operations[index].layer, reason: .seesLaterPositions)
    }
    let count = attention.time
    attention.time = context
    let layer = operations[index].layer
    tensors.append(
      TensorDescriptor(
        name: "\(layer).cache", layer: layer, shape: [context, attention.packedWidth],
        role: .cache))
    operations[index].kind = .cachedAttention(
      CachedAttention(attention: attention, count: count))
    operations[index].inputs = [operations[index].inputs[0], TensorID(tensors.count - 1)]
    operations[index].outputs.removeLast()
  }

  /// A head that was to be fused with a loss computes its logits; the last value is what it is told.
  private mutating func addLogits() {
    let rows = targetRows
    let logits = TensorDescriptor(
      name: "logits", layer: head?.layer ?? "", shape: [rows, outputWidth], role: .result)
    tensors.append(logits)
    let id = TensorID(tensors.count - 1)
    if let head {
      let linear = Linear(
        rows: rows, inFeatures: predictionShape.columns, outFeatures: head.classes,
        hasBias: head.bias != nil, hasResidual: false)
      operations.append(
        Operation(
          kind: .linear(linear),
          inputs: [prediction, head.weight] + (head.bias.map { [$0] } ?? []), outputs: [id],
          layer: head.layer))
    } else {
      operations.append(
        Operation(
          kind: .copy(Copy(count: logits.count)), inputs: [prediction], outputs: [id], layer: ""))
    }
    prediction = id
  }
}
