import ModelGraph

/// Turns a segment tree into a schedule: the forward pass, the backward pass with the recomputation
/// that it needs just before it needs it, and the optimizer.
struct ScheduleBuilder {
  var schedule = Schedule()
  private let training: TrainingGraph
  private let facts: ForwardFacts
  /// The value of each tensor that can be read now; −1 where there is none.
  private var current: [Int]

  init(_ training: TrainingGraph, tree: SegmentTree, facts: ForwardFacts) {
    self.training = training
    self.facts = facts
    schedule.tensors = training.tensors
    current = Array(repeating: -1, count: training.tensors.count)
    forward(tree.nodes)
    emit(training.loss, phase: .backward)
    backward(tree.nodes)
    schedule.passCount = schedule.operations.count
  }

  /// An evaluation: the forward pass and its loss, if there is one.
  init(evaluating graph: Graph, loss: Operation?) {
    training = TrainingGraph(differentiating: graph)
    facts = ForwardFacts(training)
    schedule.tensors = graph.tensors
    current = Array(repeating: -1, count: graph.tensors.count)
    for operation in graph.operations { emit(operation, phase: .forward) }
    if let loss { emit(loss, phase: .forward) }
    schedule.passCount = schedule.operations.count
  }

  // MARK: - Emission

  mutating func emit(_ operation: Operation, phase: ScheduledOperation.Phase) {
    let inputs = operation.inputs.map { value(of: $0) }
    let outputs = operation.outputs.map { output -> Int in
      let fresh = newValue(output)
      // A recomputation may make a value anew that is still there: its readers keep the first.
      if phase != .recompute || current[output.index] < 0 { current[output.index] = fresh }
      return fresh
    }
    schedule.operations.append(
      ScheduledOperation(
        kind: operation.kind, inputs: inputs, outputs: outputs, phase: phase,
        layer: operation.layer, stream: operation.stream))
  }

  mutating func newTensor(_ descriptor: TensorDescriptor) -> TensorID {
    schedule.tensors.append(descriptor)
    current.append(-1)
    return TensorID(schedule.tensors.count - 1)
  }

  private mutating func newValue(_ tensor: TensorID) -> Int {
    schedule.values.append(tensor)
    return schedule.values.count - 1
  }

  private mutating func value(of tensor: TensorID) -> Int {
    if current[tensor.index] >= 0 { return current[tensor.index] }
    let descriptor = schedule.tensors[tensor.index]
    precondition(
      descriptor.role.isPersistent, "\(descriptor.name) is read before anything computes it")
    let value = newValue(tensor)
    current[tensor.index] = value
    return value
  }

  // MARK: - Forward

  private mutating func forward(_ nodes: [SegmentNode]) {
    for node in nodes {
      switch node {
      case .operation(let index): emit(training.graph.operations[index], phase: .forward)
      case .segment(let segment):
        forward(segment.nodes)
        drop(segment.dropped)
      }
    }
  }

  private mutating func drop(_ tensors: [TensorID]) {
    for tensor in tensors { current[tensor.index] = -1 }
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
    let repetition = Repetition(
      of: segment, operations: training.graph.operations, facts: facts
    ) { current[$0.index] >= 0 }
    repeatOperations(segment.nodes, repetition)
  }

  private mutating func repeatOperations(_ nodes: [SegmentNode], _ repetition: Repetition) {
    for node in nodes {
      switch node {
      case .operation(let index):
        if repetition.repeats(index) { emit(training.graph.operations[index], phase: .recompute) }
      case .segment(let inner):
        repeatOperations(inner.nodes, repetition)
        drop(inner.dropped)
      }
    }
  }
}
