/// Layers beside a connection that skips them.
extension GraphBuilder {
  mutating func lowerResidual(_ layers: [LayerSpec]) throws(ModelFault) -> [LayerNode] {
    try requireFeatures("residual")
    let (input, inputShape) = (current, shape)
    let nodes = try lower(layers)
    guard shape == inputShape else {
      throw fault(.residualChangesShape(from: inputShape, into: shape))
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
}
