import KernelTable

extension Graph {
  /// Lowers a model for a batch; dropout exists only in training.
  ///
  /// - Throws: `ModelFault`, with the layer's place.
  public init(
    lowering model: ModelSpec, batch: Int, training: Bool = true, precision: Precision = .f32
  ) throws(ModelFault) {
    guard !model.layers.isEmpty else { throw ModelFault(layer: [], path: "", reason: .noLayers) }
    try model.checkSizes(batch: batch)
    var builder = try GraphBuilder(
      training: training, precision: precision, batch: batch, input: model.input, loss: model.loss)
    try builder.checkFirst(of: model.layers, reads: model.input)
    try builder.reserveNames(of: model.layers)
    builder.referenced = model.layers.referencedNames
    let fusesHead = model.loss.comparesClasses && model.layers.last?.kind.isLinear == true
    let body = fusesHead ? model.layers.dropLast() : model.layers[...]
    let nodes = try builder.lower(body)
    if fusesHead, let head = model.layers.last {
      try builder.lowerHead(head, at: body.count)
    }
    self = try builder.finished(layers: nodes)
  }
}

extension LayerKind {
  var isLinear: Bool {
    if case .linear = self { return true }
    return false
  }
}

extension GraphBuilder {
  /// A token model has to begin with an embedding of its whole vocabulary.
  func checkFirst(of layers: [LayerSpec], reads input: InputSpec) throws(ModelFault) {
    guard case .tokens(let tokens) = input, let first = layers.first else { return }
    guard case .embedding(let size, _, _) = first.firstLayer else {
      throw fault(.firstLayerMustEmbed, at: 0)
    }
    guard size >= tokens.vocabularySize else {
      throw fault(.vocabularyTooSmall(table: size, needed: tokens.vocabularySize), at: 0)
    }
  }

  /// Lowers a list of layers under the current path.
  mutating func lower(_ layers: [LayerSpec]) throws(ModelFault) -> [LayerNode] {
    try reserveNames(of: layers)
    return try lower(layers[...])
  }

  /// - Parameter first: the first layer's position in the nested lists.
  mutating func lower(
    _ layers: ArraySlice<LayerSpec>, at first: Int = 0
  ) throws(ModelFault) -> [LayerNode] {
    var nodes: [LayerNode] = []
    for (index, layer) in layers.enumerated() {
      indices.append(first + index)
      let name = name(of: layer)
      if let name { enter(name) }
      nodes.append(try lower(layer))
      if name != nil { leave() }
      remember(layer.name)
      indices.removeLast()
    }
    return nodes
  }

  /// The given name, else the kind's with a number where that is taken; an unnamed group has none
  /// and adds nothing to the path, so its layers share the names of those around it.
  mutating func name(of layer: LayerSpec) -> String? {
    layer.name ?? layer.kind.automaticName.map { unique($0) }
  }

  /// Takes the names that a list's layers are given, before unnamed ones take theirs.
  mutating func reserveNames(of layers: [LayerSpec]) throws(ModelFault) {
    var own = Set<String>()
    for (index, layer) in layers.enumerated() {
      guard let name = layer.name else { continue }
      guard name.isLayerName else { throw fault(.invalidName(name), at: index) }
      guard own.insert(name).inserted else { throw fault(.duplicateName(name), at: index) }
    }
    takenNames[takenNames.count - 1].formUnion(own)
  }

  /// A name that nothing on this level has yet.
  mutating func unique(_ name: String) -> String {
    var candidate = name
    var number = 2
    while !takenNames[takenNames.count - 1].insert(candidate).inserted {
      candidate = "\(name)_\(number)"
      number += 1
    }
    return candidate
  }

  private mutating func lower(_ layer: LayerSpec) throws(ModelFault) -> LayerNode {
    let start = graph.operations.count
    let children = try lowerOperations(of: layer.kind)
    var node = LayerNode(
      path: self.layer, kind: layer.kind.name, operations: start..<graph.operations.count,
      isSegment: false, isBlock: false, shape: shape.extents, children: children)
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
    case .layerNorm(let epsilon): try lowerLayerNorm(epsilon: epsilon)
    case .rmsNorm(let epsilon): try lowerRMSNorm(epsilon: epsilon)
    case .tokenTypeEmbedding(let law): try lowerTokenTypes(law)
    case .attention(let spec): try lowerAttention(spec)
    case .gelu(let form): try lowerActivation(form == .tanh ? .geluTanh : .geluExact)
    case .relu: try lowerActivation(.relu)
    case .silu: try lowerActivation(.silu)
    case .tanh: try lowerActivation(.tanh)
    case .sigmoid: try lowerActivation(.sigmoid)
    case .softmax: try lowerSoftmax()
    case .dropout(let probability): try lowerDropout(probability)
    case .firstToken: try lowerFirstToken()
    case .convolution(let spec): try lowerConvolution(spec)
    case .batchNorm(let spec): try lowerBatchNorm(spec)
    case .groupNorm(let groups, let epsilon): try lowerGroupNorm(groups: groups, epsilon: epsilon)
    case .maxPool(let spec): try lowerPooling(.largest, spec)
    case .averagePool(let spec): try lowerPooling(.average, spec)
    case .globalAveragePool: try lowerMeanPooling()
    case .upsample(let factor): try lowerUpsampling(factor)
    case .flatten: try lowerFlatten()
    case .sequence: try lowerSequence()
    case .reshape(let extents): try lowerReshape(extents)
    case .concatenation(let name): try lowerConcatenation(from: name)
    case .addition(let name): try lowerAddition(from: name)
    case .residual(let layers, let shortcut):
      return try lowerResidual(layers, shortcut: shortcut)
    case .product(let branches): return try lowerProduct(branches)
    case .sequential(let layers), .checkpoint(let layers): return try lower(layers)
    case .repeat(let times, let layers): return try lowerRepeat(times: times, layers)
    }
    return []
  }

  private mutating func lowerRepeat(
    times: Int, _ layers: [LayerSpec]
  ) throws(ModelFault) -> [LayerNode] {
    var nodes: [LayerNode] = []
    repeatDepth += 1
    for iteration in 0..<times {
      enter(String(iteration))
      let start = graph.operations.count
      let children = try lower(layers)
      nodes.append(
        LayerNode(
          path: layer, kind: "repeat", operations: start..<graph.operations.count,
          isSegment: false, isBlock: repeatDepth == 1,
          shape: shape.extents, children: children))
      leave()
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
