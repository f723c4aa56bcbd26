extension Graph {
  /// Lowers a model for a batch; dropout exists only in training.
  ///
  /// - Throws: `ModelFault`, with the layer's place.
  public init(
    lowering model: ModelSpec, batch: Int, training: Bool = true
  ) throws(ModelFault) {
    guard !model.layers.isEmpty else { throw ModelFault(layer: [], path: "", reason: .noLayers) }
    guard batch > 0 else {
      throw ModelFault(layer: [], path: "", reason: .notPositive(what: "batch", value: batch))
    }
    try model.checkSizes()
    var builder = GraphBuilder(
      training: training, batch: batch, input: model.input, loss: model.loss)
    let fusesHead = model.loss == .crossEntropy && model.layers.last?.kind.isLinear == true
    let body = fusesHead ? Array(model.layers.dropLast()) : model.layers
    let nodes = try builder.lower(body, embeds: model.input)
    if fusesHead, let head = model.layers.last {
      try builder.lowerHead(head, after: body)
    }
    self = builder.finished(layers: nodes)
  }
}

extension LayerKind {
  var isLinear: Bool {
    if case .linear = self { return true }
    return false
  }
}

extension GraphBuilder {
  /// Lowers the top-level list; a token model has to begin with an embedding.
  mutating func lower(
    _ layers: [LayerSpec], embeds input: InputSpec
  ) throws(ModelFault) -> [LayerNode] {
    if case .tokens(let vocabulary, _) = input {
      indices = [0]
      guard let first = layers.first, case .embedding(let size, _, _) = first.firstLayer else {
        throw fault(.firstLayerMustEmbed)
      }
      guard size >= vocabulary else {
        throw fault(.vocabularyTooSmall(table: size, needed: vocabulary))
      }
      indices = []
    }
    return try lower(layers)
  }

  /// Lowers a list of layers under the current path.
  mutating func lower(_ layers: [LayerSpec]) throws(ModelFault) -> [LayerNode] {
    var nodes: [LayerNode] = []
    let names = try layerNames(layers)
    for (index, layer) in layers.enumerated() {
      indices.append(index)
      let name = names[index]
      if let name { path.append(name) }
      nodes.append(try lower(layer))
      if name != nil { path.removeLast() }
      indices.removeLast()
    }
    return nodes
  }

  /// Names of a list's layers: given ones, else the kind's with a number from the second on;
  /// an unnamed group adds nothing to the path.
  func layerNames(_ layers: [LayerSpec]) throws(ModelFault) -> [String?] {
    var taken = Set<String>()
    for layer in layers {
      guard let name = layer.name else { continue }
      guard name.isLayerName else { throw fault(.invalidName(name)) }
      guard taken.insert(name).inserted else { throw fault(.duplicateName(name)) }
    }
    var names: [String?] = []
    for layer in layers {
      names.append(layer.name ?? layer.kind.automaticName.map { Self.unique($0, &taken) })
    }
    return names
  }

  private static func unique(_ name: String, _ taken: inout Set<String>) -> String {
    var candidate = name
    var number = 2
    while !taken.insert(candidate).inserted {
      candidate = "\(name)_\(number)"
      number += 1
    }
    return candidate
  }

  private mutating func lower(_ layer: LayerSpec) throws(ModelFault) -> LayerNode {
    let start = graph.operations.count
    let children = try lowerOperations(of: layer.kind)
    let shape = graph.time > 1 ? [graph.time, width] : [width]
    var node = LayerNode(
      path: self.layer, kind: layer.kind.name, operations: start..<graph.operations.count,
      isSegment: false, isBlock: false, shape: shape, children: children)
    if case .checkpoint = layer.kind { node.isSegment = true }
    return node
  }

  private mutating func lowerOperations(
    of kind: LayerKind
  ) throws(ModelFault) -> [LayerNode] {
    switch kind {
    case .linear(let spec): try lowerLinear(spec)
    case .embedding(let vocabulary, let width, let law):
      try lowerEmbedding(vocabularySize: vocabulary, width: width, law)
    case .positionEmbedding(let context, let law):
      try lowerPositions(contextLength: context, law)
    case .layerNorm(let epsilon): lowerLayerNorm(epsilon: epsilon)
    case .attention(let spec): try lowerAttention(spec)
    case .gelu(let form): lowerActivation(.gelu(form))
    case .relu: lowerActivation(.relu)
    case .dropout(let probability): try lowerDropout(probability)
    case .residual(let layers): return try lowerResidual(layers)
    case .sequential(let layers), .checkpoint(let layers): return try lower(layers)
    case .repeat(let times, let layers): return try lowerRepeat(times: times, layers)
    }
    return []
  }

  private mutating func lowerRepeat(
    times: Int, _ layers: [LayerSpec]
  ) throws(ModelFault) -> [LayerNode] {
    guard times > 0 else { throw fault(.notPositive(what: "times", value: times)) }
    var nodes: [LayerNode] = []
    repeatDepth += 1
    for iteration in 0..<times {
      path.append(String(iteration))
      let start = graph.operations.count
      let children = try lower(layers)
      nodes.append(
        LayerNode(
          path: layer, kind: "repeat", operations: start..<graph.operations.count,
          isSegment: false, isBlock: repeatDepth == 1,
          shape: graph.time > 1 ? [graph.time, width] : [width], children: children))
      path.removeLast()
    }
    repeatDepth -= 1
    return nodes
  }
}

extension String {
  fileprivate var isLayerName: Bool {
    guard let first = unicodeScalars.first, first.isASCIILetter else { return false }
    return unicodeScalars.allSatisfy {
      $0.isASCIILetter || ("0"..."9").contains($0) || $0 == "_" || $0 == "-"
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
}

extension LayerSpec {
  /// The layer that reads the input first.
  fileprivate var firstLayer: LayerKind? {
    switch kind {
    case .sequential(let layers), .checkpoint(let layers): layers.first?.firstLayer
    default: kind
    }
  }
}
