/// Layers beside a connection that skips them.
extension GraphBuilder {
  /// x + layers(x), or shortcut(x) + layers(x) where the shortcut has layers of its own.
  mutating func lowerResidual(
    _ layers: [LayerSpec], shortcut: [LayerSpec]
  ) throws(ModelFault) -> [LayerNode] {
    try requireFeatures("residual")
    let (input, inputShape) = (current, shape)
    held.append(input)
    // The shortcut comes first, so that the sum can be a part of the layers' last operation.
    let before = try lowerShortcut(shortcut, at: layers.count)
    let (skip, skipShape) = (current, shape)
    (current, shape) = (input, inputShape)
    held.append(skip)
    let nodes = try lower(layers)
    held.removeLast(2)
    guard shape == skipShape else {
      throw fault(
        shortcut.isEmpty
          ? .residualChangesShape(from: inputShape, into: shape)
          : .shortcutChangesShape(layers: shape, shortcut: skipShape))
    }
    try addResidual(skip)
    return before + nodes
  }

  /// The layers under the name `shortcut`; their places follow those of the residual's own.
  private mutating func lowerShortcut(
    _ layers: [LayerSpec], at first: Int
  ) throws(ModelFault) -> [LayerNode] {
    guard !layers.isEmpty else { return [] }
    enter(unique("shortcut"))
    defer { leave() }
    try reserveNames(of: layers)
    return try lower(layers[...], at: first)
  }

  /// Adds a value to the current one, inside the operation before it where that can.
  mutating func addResidual(_ input: TensorID) throws(ModelFault) {
    // Layers that do nothing in evaluation, such as dropout, leave the input itself as the result.
    if current != input, let index = extensible,
      let operation = graph.operations[index].adding(input)
    {
      return replaceOperation(at: index, with: operation)
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

extension Operation {
  /// The operation with one more value added to its result; nil where it can't.
  fileprivate func adding(_ input: TensorID) -> Operation? {
    var result = self
    result.inputs.append(input)
    switch kind {
    case .linear(var rule) where !rule.hasResidual:
      rule.hasResidual = true
      result.kind = .linear(rule)
    case .batchNorm(var rule) where rule.shape.canAdd:
      rule.shape.hasResidual = true
      result.kind = .batchNorm(rule)
    case .batchNormEvaluation(var rule) where rule.shape.canAdd:
      rule.shape.hasResidual = true
      result.kind = .batchNormEvaluation(rule)
    default: return nil
    }
    return result
  }
}

extension BatchNormShape {
  fileprivate var canAdd: Bool { !hasResidual && !hasReLU }
}
