/// Branches that read one value and are multiplied.
extension GraphBuilder {
  mutating func lowerProduct(_ branches: [[LayerSpec]]) throws(ModelFault) -> [LayerNode] {
    try requireFeatures("product")
    try reserveNames(of: branches.flatMap { $0 })
    let (input, inputShape) = (current, shape)
    var nodes: [LayerNode] = []
    var product: (value: TensorID, shape: ValueShape)?
    held.append(input)
    defer { held.removeLast() }
    for (index, branch) in branches.enumerated() {
      (current, shape) = (input, inputShape)
      indices.append(index)
      nodes += try lower(branch[...])
      indices.removeLast()
      if let product {
        guard shape == product.shape else {
          throw fault(.branchShapes(first: product.shape, other: shape))
        }
        held.removeLast()
        try multiply(by: product.value)
      }
      product = (current, shape)
      held.append(current)
    }
    held.removeLast()
    return nodes
  }

  private mutating func multiply(by other: TensorID) throws(ModelFault) {
    let isNameless = layer.isEmpty
    if isNameless { enter(unique("product")) }
    let output = try activation("product", shape: [rows, width])
    try emit(
      .multiply(Multiply(count: rows * width)), inputs: [other, current], outputs: [output])
    if isNameless { leave() }
    current = output
  }
}
