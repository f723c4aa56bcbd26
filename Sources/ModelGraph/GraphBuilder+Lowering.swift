/// One function a layer: its parameters, its operations.
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

  mutating func lowerEmbedding(
    vocabularySize: Int, width: Int, _ law: Initialization
  ) throws(ModelFault) {
    guard graph[graph.input].element == .int32 else {
      throw fault(.needsTokens(kind: "embedding"))
    }
    guard current == graph.input else { throw fault(.embeddingMustBeFirst) }
    let table = try parameter("table", shape: [vocabularySize, width], law.law(fanIn: width))
    tables[path.last ?? "embedding"] = table
    tables[layer] = table
    let output = try activation(shape: [rows, width])
    let kind = Embedding(rows: rows, width: width, vocabularySize: vocabularySize)
    try emit(.embedding(kind), inputs: [current, table], outputs: [output])
    current = output
    self.width = width
  }

  mutating func lowerPositions(
    contextLength: Int, _ law: Initialization
  ) throws(ModelFault) {
    try requireFeatures("position_embedding")
    guard contextLength >= graph.time else {
      throw fault(.contextTooShort(context: contextLength, needed: graph.time))
    }
    let table = try parameter("table", shape: [contextLength, width], law.law(fanIn: width))
    let output = try activation(shape: [rows, width])
    let kind = PositionEmbedding(
      batch: graph.batch, time: graph.time, width: width, contextLength: contextLength)
    try emit(.positionEmbedding(kind), inputs: [current, table], outputs: [output])
    current = output
  }

  mutating func lowerLayerNorm(epsilon: Float) throws(ModelFault) {
    let gamma = try parameter("weight", shape: [width], .constant(1))
    let beta = try parameter("bias", shape: [width], .constant(0))
    let output = try activation(shape: [rows, width])
    let statistics = try activation("statistics", shape: [rows, 2])
    let kind = LayerNorm(rows: rows, width: width, epsilon: epsilon)
    try emit(.layerNorm(kind), inputs: [current, gamma, beta], outputs: [output, statistics])
    current = output
  }

  mutating func lowerAttention(_ spec: AttentionSpec) throws(ModelFault) {
    guard graph[graph.input].element == .int32 else { throw fault(.attentionNeedsSequence) }
    guard spec.dropout >= 0, spec.dropout < 1 else {
      throw fault(.probability(Double(spec.dropout)))
    }
    guard width % spec.heads == 0 else {
      throw fault(.headsDoNotDivide(heads: spec.heads, width: width))
    }
    let features = width
    enter("qkv")
    try lowerLinear(LinearSpec(outFeatures: 3 * features, initialization: spec.initialization))
    leave()
    let output = try activation(shape: [rows, features])
    let logSumExp = try activation(
      "log_sum_exp", shape: [graph.batch, spec.heads, graph.time])
    let kind = Attention(
      batch: graph.batch, time: graph.time, heads: spec.heads, headSize: features / spec.heads,
      causal: spec.causal, dropout: training ? spec.dropout : 0)
    try emit(.attention(kind), inputs: [current], outputs: [output, logSumExp])
    (current, width) = (output, features)
    enter("proj")
    try lowerLinear(
      LinearSpec(outFeatures: features, initialization: spec.outputInitialization))
    leave()
  }

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

  mutating func lowerResidual(_ layers: [LayerSpec]) throws(ModelFault) -> [LayerNode] {
    try requireFeatures("residual")
    let (input, inputWidth) = (current, width)
    let nodes = try lower(layers)
    guard width == inputWidth else {
      throw fault(.residualChangesWidth(from: inputWidth, into: width))
    }
    try addResidual(input)
    return nodes
  }

  /// Adds the residual connection, inside the linear layer before it where that is the last one.
  private mutating func addResidual(_ input: TensorID) throws(ModelFault) {
    // Layers that do nothing in evaluation, such as dropout, leave the input itself as the result.
    if current != input, var last = graph.operations.last, last.outputs == [current],
      case .linear(var linear) = last.kind, !linear.hasResidual
    {
      linear.hasResidual = true
      last.kind = .linear(linear)
      last.inputs.append(input)
      replaceLastOperation(last)
      return
    }
    let isNameless = layer.isEmpty
    if isNameless { enter(unique("residual")) }
    let output = try activation(shape: [rows, width])
    try emit(
      .add(Add(count: rows * width, accumulates: false)), inputs: [current, input],
      outputs: [output])
    if isNameless { leave() }
    current = output
  }

  private func requireFeatures(_ kind: String) throws(ModelFault) {
    guard graph[current].element == .float32 else { throw fault(.firstLayerMustEmbed) }
  }
}

extension Initialization {
  fileprivate func law(fanIn: Int) -> ParameterInitialization {
    switch self {
    case .normal(let deviation): .normal(standardDeviation: deviation)
    case .fanIn: .uniform(bound: (1 / Float(fanIn)).squareRoot())
    }
  }

  fileprivate func biasLaw(fanIn: Int) -> ParameterInitialization {
    switch self {
    case .normal: .constant(0)
    case .fanIn: law(fanIn: fanIn)
    }
  }
}
