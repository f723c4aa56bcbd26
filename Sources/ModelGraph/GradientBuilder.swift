/// Differentiates a graph in reverse: collects the backward operations of one forward operation
/// after another, and knows the gradient that each tensor has so far.
///
/// Gradients of a tensor with several readers are added in the reverse order of the readers,
/// whatever the schedule does later: the order of additions, and so every bit, belongs to the graph.
struct GradientBuilder {
  /// All tensors, gradients included.
  private(set) var tensors: [TensorDescriptor]
  /// The backward operations of the operation being differentiated.
  private(set) var operations: [Operation] = []
  /// Tensors that a gradient has to reach.
  let differentiable: Set<TensorID>
  /// The gradient of each tensor, as complete as it is.
  private(set) var gradients: [TensorID: TensorID] = [:]
  /// How many tensors have this gradient: a shared one may not be added to in place.
  private var owners: [TensorID: Int] = [:]
  private var layer = ""
  private var stream: UInt32 = 0

  init(tensors: [TensorDescriptor], differentiable: Set<TensorID>) {
    self.tensors = tensors
    self.differentiable = differentiable
  }

  /// The backward operations of an operation whose outputs' gradients are complete.
  mutating func backward(of operation: Operation) -> [Operation] {
    operations = []
    layer = operation.layer
    stream = operation.stream
    guard let rule = operation.kind.rule as? any Differentiable else { return [] }
    rule.differentiate(operation, with: &self)
    for output in operation.outputs {
      if let gradient = gradients[output] { owners[gradient, default: 1] -= 1 }
    }
    return operations
  }

  /// The complete gradient of an output, or nil when nothing depends on it.
  func gradient(of output: TensorID) -> TensorID? { gradients[output] }

  /// Whether a gradient has to reach the tensor.
  func needsGradient(_ tensor: TensorID) -> Bool { differentiable.contains(tensor) }

  /// Adds a backward operation without a gradient of its own, such as a fused loss.
  mutating func emit(_ kind: OperationKind, inputs: [TensorID], outputs: [TensorID]) {
    operations.append(
      Operation(kind: kind, inputs: inputs, outputs: outputs, layer: layer, stream: stream))
  }

  /// Adds an operation that contributes to the gradient of `tensor`.
  ///
  /// `kind` is asked for an operation that accumulates when an earlier contribution exists; that
  /// contribution is then the operation's last input. Nothing is added for a tensor that no
  /// gradient has to reach.
  mutating func contribute(
    to tensor: TensorID, inputs: [TensorID], _ kind: (_ accumulates: Bool) -> OperationKind
  ) {
    guard needsGradient(tensor) else { return }
    let target = target(for: tensor)
    let previous = target.previous.map { [$0] } ?? []
    emit(kind(target.previous != nil), inputs: inputs + previous, outputs: [target.result])
  }

  /// Adds an operation that can only write afresh; an earlier contribution is added to its result.
  mutating func contributeAfresh(
    to tensor: TensorID, inputs: [TensorID], _ kind: OperationKind
  ) {
    guard needsGradient(tensor) else { return }
    guard gradients[tensor] != nil else {
      contribute(to: tensor, inputs: inputs) { _ in kind }
      return
    }
    let contribution = newGradient(of: tensor)
    emit(kind, inputs: inputs, outputs: [contribution])
    pass(contribution, to: tensor)
  }

  /// The tensor that the next contribution to a gradient writes, and what it adds to.
  ///
  /// An operation that computes several gradients at once writes one that nobody needs, too.
  mutating func target(for tensor: TensorID) -> (previous: TensorID?, result: TensorID) {
    guard needsGradient(tensor) else { return (nil, newGradient(of: tensor)) }
    let previous = ownedGradient(of: tensor)
    let result = newGradient(of: tensor)
    gradients[tensor] = result
    owners[result] = 1
    return (previous, result)
  }

  /// Passes a gradient on unchanged, as addition does to each of its inputs.
  mutating func pass(_ gradient: TensorID, to tensor: TensorID) {
    guard needsGradient(tensor) else { return }
    guard gradients[tensor] != nil else {
      gradients[tensor] = gradient
      owners[gradient, default: 1] += 1
      return
    }
    let count = tensors[tensor.index].count
    contribute(to: tensor, inputs: [gradient]) { _ in .add(Add(count: count, accumulates: true)) }
  }

  /// Makes a new gradient a tensor's, or adds it to the tensor's.
  mutating func give(_ gradient: TensorID, to tensor: TensorID) {
    guard gradients[tensor] == nil else { return pass(gradient, to: tensor) }
    gradients[tensor] = gradient
    owners[gradient] = 1
  }

  /// A tensor's gradient so far in bytes of its own: a copy where another tensor has the same one.
  private mutating func ownedGradient(of tensor: TensorID) -> TensorID? {
    guard let current = gradients[tensor] else { return nil }
    guard owners[current, default: 1] > 1 else { return current }
    owners[current, default: 1] -= 1
    let copy = newGradient(of: tensor)
    emit(.copy(Copy(count: tensors[tensor.index].count)), inputs: [current], outputs: [copy])
    return copy
  }

  /// A gradient that no tensor has yet; `give` then tells whose it is.
  mutating func newGradient(of tensor: TensorID) -> TensorID {
    let primal = tensors[tensor.index]
    let role: TensorRole = primal.role == .parameter ? .parameterGradient : .activationGradient
    return append(
      TensorDescriptor(
        name: "∇\(primal.name)", layer: primal.layer, shape: primal.shape,
        element: primal.element, role: role))
  }

  /// Adds a tensor.
  mutating func append(_ descriptor: TensorDescriptor) -> TensorID {
    tensors.append(descriptor)
    return TensorID(tensors.count - 1)
  }
}
