import ModelGraph

/// Turns a segment tree into a schedule: the forward pass, the backward pass with the recomputation
/// that it needs just before it needs it, and the optimizer.
struct ScheduleBuilder {
  private(set) var schedule = Schedule()
  private let training: TrainingGraph
  /// The value of each tensor that can be read now.
  private var current: [TensorID: Int] = [:]

  init(_ training: TrainingGraph, tree: SegmentTree) {
    self.training = training
    schedule.tensors = training.tensors
    forward(tree.nodes)
    emit(training.loss, phase: .backward)
    backward(tree.nodes)
    schedule.passCount = schedule.operations.count
  }

  /// An evaluation: the forward pass and its loss.
  init(evaluating graph: Graph, loss: Operation) {
    training = TrainingGraph(differentiating: graph)
    schedule.tensors = graph.tensors
    for operation in graph.operations { emit(operation, phase: .forward) }
    emit(loss, phase: .forward)
    schedule.passCount = schedule.operations.count
  }

  // MARK: - Emission

  mutating func emit(_ operation: Operation, phase: ScheduledOperation.Phase) {
    let inputs = operation.inputs.map { value(of: $0) }
    let outputs = operation.outputs.map { output -> Int in
      let fresh = newValue(output)
      // A recomputation may make a value anew that is still there: its readers keep the first.
      if phase != .recompute || current[output] == nil { current[output] = fresh }
      return fresh
    }
    schedule.operations.append(
      ScheduledOperation(
        kind: operation.kind, inputs: inputs, outputs: outputs, phase: phase,
        layer: operation.layer, stream: operation.stream))
  }

  mutating func newTensor(_ descriptor: TensorDescriptor) -> TensorID {
    schedule.tensors.append(descriptor)
    return TensorID(schedule.tensors.count - 1)
  }

  private mutating func newValue(_ tensor: TensorID) -> Int {
    schedule.values.append(tensor)
    return schedule.values.count - 1
  }

  private mutating func value(of tensor: TensorID) -> Int {
    if let value = current[tensor] { return value }
    let descriptor = schedule.tensors[tensor.index]
    precondition(
      descriptor.role.isPersistent, "\(descriptor.name) is read before anything computes it")
    let value = newValue(tensor)
    current[tensor] = value
    return value
  }

  // MARK: - Forward

  private mutating func forward(_ nodes: [SegmentNode]) {
    for node in nodes {
      switch node {
      case .operation(let index): emit(training.graph.operations[index], phase: .forward)
      case .segment(let segment):
        forward(segment.nodes)
        drop(segment.made.subtracting(segment.leaving))
      }
    }
  }

  private mutating func drop(_ tensors: Set<TensorID>) {
    for tensor in tensors { current[tensor] = nil }
  }

  // MARK: - Backward

  private mutating func backward(_ nodes: [SegmentNode]) {
    for node in nodes.reversed() {
      switch node {
      case .operation(let index):
        for operation in training.backward[index] { emit(operation, phase: .backward) }
      case .segment(let segment):
        recompute(segment)
        backward(segment.nodes)
      }
    }
  }

  /// Runs again what the segment's backward operations need and nobody kept: nothing after the last
  /// needed value, nothing that only dropped values need.
  private mutating func recompute(_ segment: Segment) {
    let repetition = Repetition(of: segment, in: training) { current[$0] != nil }
    repeatOperations(segment.nodes, repetition.operations)
  }

  private mutating func repeatOperations(_ nodes: [SegmentNode], _ again: Set<Int>) {
    for node in nodes {
      switch node {
      case .operation(let index):
        if again.contains(index) { emit(training.graph.operations[index], phase: .recompute) }
      case .segment(let inner):
        repeatOperations(inner.nodes, again)
        drop(inner.made.subtracting(inner.leaving))
      }
    }
  }
}
