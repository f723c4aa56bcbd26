/// A graph with its derivative: what one step of training computes, before any schedule.
public struct TrainingGraph: Sendable {
  /// The forward pass.
  public let graph: Graph
  /// All tensors: the graph's, then gradients.
  public let tensors: [TensorDescriptor]
  /// The loss; in training it computes its gradients in the same pass.
  public let loss: Operation
  /// For each forward operation its backward operations, in order.
  public let backward: [[Operation]]
  /// The complete gradient of each parameter, in the order of `graph.parameters`.
  public let gradients: [TensorID]

  /// Differentiates a graph with respect to all of its parameters.
  public init(differentiating graph: Graph) {
    var builder = GradientBuilder(
      tensors: graph.tensors, differentiable: Self.differentiable(in: graph))
    let lossValue = builder.append(
      TensorDescriptor(name: "loss", layer: "", shape: [1], role: .result))
    self.loss = builder.loss(of: graph, value: lossValue)
    var backward: [[Operation]] = Array(repeating: [], count: graph.operations.count)
    for index in graph.operations.indices.reversed() {
      backward[index] = builder.backward(of: graph.operations[index])
    }
    self.graph = graph
    self.backward = backward
    self.tensors = builder.tensors
    self.gradients = graph.parameters.compactMap { builder.gradient(of: $0.tensor) }
  }

  /// The descriptor of a tensor.
  public subscript(tensor: TensorID) -> TensorDescriptor { tensors[tensor.index] }

  /// Tensors that a gradient has to reach: parameters and all that is computed from them.
  private static func differentiable(in graph: Graph) -> Set<TensorID> {
    var reached = Set(graph.parameters.map(\.tensor))
    for operation in graph.operations where operation.inputs.contains(where: reached.contains) {
      reached.formUnion(operation.outputs)
    }
    return reached
  }
}

extension GradientBuilder {
  /// The loss operation of a graph, with its gradients as further outputs.
  mutating func loss(of graph: Graph, value: TensorID) -> Operation {
    let prediction = graph.prediction
    let rows = graph.targetRows
    var outputs = [value]
    func gradient(_ tensor: TensorID) -> TensorID { target(for: tensor).result }
    switch (graph.loss, graph.head) {
    case (.crossEntropy, let head?):
      let kind = LinearCrossEntropy(
        rows: rows, width: graph[prediction].count / rows, classes: head.classes,
        hasBias: head.bias != nil, training: true)
      let parameters = [head.weight] + (head.bias.map { [$0] } ?? [])
      outputs += ([prediction] + parameters).map { gradient($0) }
      return Operation(
        kind: .linearCrossEntropy(kind), inputs: [prediction, graph.target] + parameters,
        outputs: outputs, layer: head.layer)
    case (.crossEntropy, nil):
      let kind = SoftmaxCrossEntropy(
        rows: rows, classes: graph[prediction].count / rows, training: true)
      outputs.append(gradient(prediction))
      return Operation(
        kind: .softmaxCrossEntropy(kind), inputs: [prediction, graph.target], outputs: outputs,
        layer: "loss")
    case (.meanSquaredError, _):
      let kind = MeanSquaredError(count: graph[prediction].count, training: true)
      outputs.append(gradient(prediction))
      return Operation(
        kind: .meanSquaredError(kind), inputs: [prediction, graph.target], outputs: outputs,
        layer: "loss")
    }
  }
}

extension Graph {
  /// The loss without gradients, for evaluation: the same bits as in training.
  public mutating func addEvaluationLoss() -> Operation {
    tensors.append(TensorDescriptor(name: "loss", layer: "", shape: [1], role: .result))
    let value = TensorID(tensors.count - 1)
    let rows = targetRows
    let width = self[prediction].count / rows
    switch (loss, head) {
    case (.crossEntropy, let head?):
      let kind = LinearCrossEntropy(
        rows: rows, width: width, classes: head.classes, hasBias: head.bias != nil, training: false)
      return Operation(
        kind: .linearCrossEntropy(kind),
        inputs: [prediction, target, head.weight] + (head.bias.map { [$0] } ?? []),
        outputs: [value], layer: head.layer)
    case (.crossEntropy, nil):
      let kind = SoftmaxCrossEntropy(rows: rows, classes: width, training: false)
      return Operation(
        kind: .softmaxCrossEntropy(kind), inputs: [prediction, target], outputs: [value],
        layer: "loss")
    case (.meanSquaredError, _):
      let kind = MeanSquaredError(count: self[prediction].count, training: false)
      return Operation(
        kind: .meanSquaredError(kind), inputs: [prediction, target], outputs: [value],
        layer: "loss")
    }
  }
}
