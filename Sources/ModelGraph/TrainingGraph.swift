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
  /// The parameters that are trained, in the order of `graph.parameters`.
  public let parameters: [Graph.Parameter]
  /// The complete gradient of each of them.
  public let gradients: [TensorID]

  /// Differentiates a graph with respect to its parameters.
  ///
  /// - Parameter frozen: parameters that stay as they are: no gradient is computed for them, nor for
  ///   anything that depends on them and the input alone.
  public init(differentiating graph: Graph, frozen: [ParameterPattern] = []) {
    let trained = graph.parameters.filter { parameter in
      !frozen.contains { $0.matches(graph[parameter.tensor].name) }
    }
    var builder = GradientBuilder(
      tensors: graph.tensors,
      differentiable: Self.differentiable(in: graph, trained: trained.map(\.tensor)))
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
    // A parameter that the loss does not depend on has no gradient: it stays as it is.
    let complete = trained.compactMap { parameter in
      builder.gradient(of: parameter.tensor).map { (parameter, $0) }
    }
    self.parameters = complete.map(\.0)
    self.gradients = complete.map(\.1)
  }

  /// The descriptor of a tensor.
  public subscript(tensor: TensorID) -> TensorDescriptor { tensors[tensor.index] }

  /// Tensors that a gradient has to reach: trained parameters and all that is computed from them.
  private static func differentiable(
    in graph: Graph, trained: [TensorID]
  ) -> Set<TensorID> {
    var reached = Set(trained)
    for operation in graph.operations where operation.inputs.contains(where: reached.contains) {
      reached.formUnion(operation.outputs)
    }
    return reached
  }
}
