/// Lowers a model's layers to a graph, layer after layer.
struct GraphBuilder {
  private(set) var graph = Graph()
  let training: Bool
  /// What activations are stored as.
  let precision: Precision
  /// The value that the next layer reads.
  var current = TensorID(0)
  /// What it is for an example.
  var shape = ValueShape.vector(0)
  /// Embedding tables by name, for tied output layers.
  var tables: [String: TensorID] = [:]
  /// The outputs of named layers in the lists around the layer being lowered, outermost first.
  var skips: [[String: Skip]] = [[:]]
  /// Values that residual connections around the layer being lowered will be read from.
  var held: [TensorID] = []
  /// The names that later layers read from.
  var referenced: Set<String> = []
  /// The named layers on the way to the layer being lowered: `block`, `0` with path `block.0`, ….
  private(set) var path: [(name: String, full: String)] = []
  /// The names that are taken on each level of the path, the model's own first.
  var takenNames: [Set<String>] = [[]]
  /// The positions in the layer lists on the way to it.
  var indices: [Int] = []
  /// Flops of the operations so far.
  private var work = 0.0
  /// Elements of the tensors so far.
  private var elements = 0.0
  /// How many types a token can have.
  private(set) var typeCount: Int?
  /// How many repeats are around it.
  var repeatDepth = 0

  init(
    training: Bool, precision: Precision, batch: Int, input: InputSpec, loss: LossSpec
  ) throws(ModelFault) {
    self.training = training
    self.precision = precision
    graph.batch = batch
    graph.loss = loss
    switch input {
    case .tokens(let tokens): try addTokens(tokens)
    case .features(let count): shape = .vector(count)
    case .image(let height, let width, let channels):
      shape = .image(height: height, width: width, channels: channels)
    }
    if graph.tensors.isEmpty {
      graph.input = try tensor("input", shape: [rows, width], role: .input)
    }
    current = graph.input
  }

  private mutating func addTokens(_ tokens: TokenInput) throws(ModelFault) {
    graph.time = tokens.contextLength
    typeCount = tokens.typeCount
    shape = .sequence(length: tokens.contextLength, width: 1)
    graph.input = try tensor("input", shape: [rows], element: .int32, role: .input)
    if tokens.isPadded {
      graph.paddingMask = try tensor(
        "padding_mask", shape: [graph.batch, graph.time], element: .int32, role: .input)
    }
    if tokens.typeCount != nil {
      graph.tokenTypes = try tensor(
        "token_types", shape: [rows], element: .int32, role: .input)
    }
  }

  /// Rows of the current value.
  var rows: Int { graph.batch * shape.positions }
  /// Columns of the current value.
  var width: Int {
    get { shape.columns }
    set { shape.columns = newValue }
  }
  /// The path of the layer being lowered.
  var layer: String { path.last?.full ?? "" }

  /// Goes down to a named layer.
  mutating func enter(_ name: String) {
    path.append((name, path.isEmpty ? name : "\(layer).\(name)"))
    takenNames.append([])
    skips.append([:])
  }

  /// Comes back from a named layer.
  mutating func leave() {
    path.removeLast()
    takenNames.removeLast()
    skips.removeLast()
  }

  mutating func tensor(
    _ name: String, shape: [Int], element: ElementType = .float32, role: TensorRole
  ) throws(ModelFault) -> TensorID {
    // With tensors this small, the products of three extents that costs are made of fit an `Int`.
    let count = Double.product(of: shape)
    guard count <= Self.mostElements else {
      throw fault(.tooLarge(what: "\(name): \(shape)"))
    }
    elements += count
    guard elements <= Self.mostElementsInAll else {
      throw ModelFault(layer: [], path: "", reason: .tooLarge(what: "the model"))
    }
    let layer = layer
    let full = layer.isEmpty ? name : "\(layer).\(name)"
    graph.tensors.append(
      TensorDescriptor(name: full, layer: layer, shape: shape, element: element, role: role))
    return TensorID(graph.tensors.count - 1)
  }

  mutating func parameter(
    _ name: String, shape: [Int], _ initialization: ParameterInitialization
  ) throws(ModelFault) -> TensorID {
    let id = try tensor(name, shape: shape, role: .parameter)
    graph.parameters.append(Graph.Parameter(tensor: id, initialization: initialization))
    return id
  }

  /// A running statistic, which no gradient reaches.
  mutating func runningStatistic(
    _ name: String, shape: [Int], begin: Float
  ) throws(ModelFault) -> TensorID {
    let id = try tensor(name, shape: shape, role: .statistic)
    graph.statistics.append(Graph.Parameter(tensor: id, initialization: .constant(begin)))
    return id
  }

  mutating func activation(
    _ name: String = "output", shape: [Int]
  ) throws(ModelFault) -> TensorID {
    try tensor(name, shape: shape, element: precision.element, role: .activation)
  }

  /// A small value that the derivative needs and that stays f32 in every precision.
  mutating func statistic(_ name: String, shape: [Int]) throws(ModelFault) -> TensorID {
    try tensor(name, shape: shape, role: .activation)
  }

  mutating func emit(
    _ kind: OperationKind, inputs: [TensorID], outputs: [TensorID]
  ) throws(ModelFault) {
    try addWork(Double(kind.rule.flops))
    graph.operations.append(
      Operation(
        kind: kind, inputs: inputs, outputs: outputs, layer: layer,
        stream: UInt32(graph.operations.count + 1)))
  }

  /// A fault of the layer being lowered, or of one in its list.
  func fault(_ reason: ModelFault.Reason, at index: Int? = nil) -> ModelFault {
    ModelFault(layer: indices + (index.map { [$0] } ?? []), path: layer, reason: reason)
  }

  mutating func setHead(_ head: Graph.Head) throws(ModelFault) {
    try addWork(.product(of: [6, rows, width, head.classes]))
    graph.head = head
  }

  /// The operation that made the current value, where the next layer may be done in the same pass: no
  /// layer reads what it makes without that.
  var extensible: Int? {
    guard !held.contains(current), !isRemembered(current) else { return nil }
    var last = graph.operations.indices.last
    // A batch norm is followed by the update of its statistics.
    if let index = last, case .batchNormUpdate = graph.operations[index].kind { last = index - 1 }
    return last.flatMap { graph.operations[$0].outputs.first == current ? $0 : nil }
  }

  /// Replaces an operation by one that does the next layer in the same pass.
  mutating func replaceOperation(at index: Int, with operation: Operation) {
    graph.operations[index] = operation
  }

  /// Refuses products that no machine computes, before anything multiplies their extents.
  func checkWork(_ extents: [Int]) throws(ModelFault) {
    guard Double.product(of: extents) <= Self.mostWork else {
      throw fault(.tooLarge(what: "the layer"))
    }
  }

  /// The finished graph, its last value and its targets.
  mutating func finished(layers: [LayerNode]) throws(ModelFault) -> Graph {
    graph.layers = layers
    graph.prediction = current
    graph.predictionShape = shape
    try checkWeights()
    graph.target =
      graph.loss.comparesClasses
      ? try tensor("target", shape: [rows], element: .int32, role: .input)
      : try tensor("target", shape: [rows, width], role: .input)
    graph.leaveOutPadding()
    return graph
  }

  /// A loss has a weight for each output, or none.
  private func checkWeights() throws(ModelFault) {
    let (weights, key): ([Float], String)
    switch graph.loss {
    case .crossEntropy(let comparison):
      (weights, key) = (comparison.classWeights, "class_weights")
    case .binaryCrossEntropy(let positive):
      (weights, key) = (positive.count == 1 ? [] : positive, "pos_weight")
    case .meanSquaredError: return
    }
    guard weights.isEmpty || weights.count == graph.outputWidth else {
      throw ModelFault(
        layer: [], path: "",
        reason: .lossWeights(key: key, count: weights.count, outputs: graph.outputWidth))
    }
  }

  /// Elements of the largest tensor: 64 GiB of f32.
  static let mostElements = 0x1p34
  /// Elements of all tensors, so that sums of their bytes stay far from the end of `Int`.
  private static let mostElementsInAll = 0x1p46
  /// Flops of the largest forward pass, so that sums over all passes of a step fit an `Int`.
  static let mostWork = 0x1p58
  /// Operations of the longest forward pass.
  private static let mostOperations = 1 << 17

  private mutating func addWork(_ flops: Double) throws(ModelFault) {
    work += flops
    guard work <= Self.mostWork, graph.operations.count < Self.mostOperations else {
      throw ModelFault(layer: [], path: "", reason: .tooLarge(what: "the model"))
    }
  }
}

extension Double {
  /// The product of extents, which may be too large for an `Int`.
  fileprivate static func product(of extents: [Int]) -> Double {
    extents.reduce(1) { $0 * Double($1) }
  }
}
