/// Lowers a model's layers to a graph, layer after layer.
struct GraphBuilder {
  private(set) var graph = Graph()
  let training: Bool
  /// The value that the next layer reads.
  var current = TensorID(0)
  /// Its features.
  var width = 0
  /// Embedding tables by name, for tied output layers.
  var tables: [String: TensorID] = [:]
  /// The names on the way to the layer being lowered.
  var path: [String] = []
  /// The positions in the layer lists on the way to it.
  var indices: [Int] = []
  /// How many repeats are around it.
  var repeatDepth = 0

  init(training: Bool, batch: Int, input: InputSpec, loss: LossKind) {
    self.training = training
    graph.batch = batch
    graph.loss = loss
    switch input {
    case .tokens(_, let contextLength):
      graph.time = contextLength
      graph.input = tensor(
        "input", shape: [batch * contextLength], element: .int32, role: .input, layer: "")
    case .features(let count):
      graph.input = tensor("input", shape: [batch, count], role: .input, layer: "")
      width = count
    }
    current = graph.input
  }

  /// Rows of every activation.
  var rows: Int { graph.batch * graph.time }
  /// The path of the layer being lowered.
  var layer: String { path.joined(separator: ".") }

  mutating func tensor(
    _ name: String, shape: [Int], element: ElementType = .float32, role: TensorRole,
    layer: String? = nil
  ) -> TensorID {
    let layer = layer ?? self.layer
    let full = layer.isEmpty ? name : "\(layer).\(name)"
    graph.tensors.append(
      TensorDescriptor(name: full, layer: layer, shape: shape, element: element, role: role))
    return TensorID(graph.tensors.count - 1)
  }

  mutating func parameter(
    _ name: String, shape: [Int], _ initialization: ParameterInitialization
  ) -> TensorID {
    let id = tensor(name, shape: shape, role: .parameter)
    graph.parameters.append(Graph.Parameter(tensor: id, initialization: initialization))
    return id
  }

  mutating func activation(_ name: String = "output", shape: [Int]) -> TensorID {
    tensor(name, shape: shape, role: .activation)
  }

  mutating func emit(_ kind: OperationKind, inputs: [TensorID], outputs: [TensorID]) {
    graph.operations.append(
      Operation(
        kind: kind, inputs: inputs, outputs: outputs, layer: layer,
        stream: UInt32(graph.operations.count + 1)))
  }

  func fault(_ reason: ModelFault.Reason) -> ModelFault {
    ModelFault(layer: indices, path: layer, reason: reason)
  }

  mutating func setHead(_ head: Graph.Head) { graph.head = head }

  /// Replaces the last operation, where the next layer can be done in the same pass.
  mutating func replaceLastOperation(_ operation: Operation) {
    graph.operations[graph.operations.count - 1] = operation
  }

  /// The finished graph, its last value and its targets.
  mutating func finished(layers: [LayerNode]) -> Graph {
    graph.layers = layers
    graph.prediction = current
    path = []
    switch graph.loss {
    case .crossEntropy:
      graph.target = tensor("target", shape: [rows], element: .int32, role: .input)
    case .meanSquaredError:
      graph.target = tensor("target", shape: graph[current].shape, role: .input)
    }
    return graph
  }
}
