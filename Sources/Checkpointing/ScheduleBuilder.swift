import ModelGraph

/// Turns a segment tree into an order: the forward pass, the backward pass with the recomputation that
/// it needs just before it needs it, and the optimizer.
struct ScheduleBuilder {
  private(set) var order = StepOrder()
  private let table: StepTable
  private let facts: ForwardFacts
  private let operations: [Operation]
  /// The value of each tensor that can be read now; −1 where there is none.
  private var current: [Int32]

  init(_ table: StepTable, tree: SegmentTree, facts: ForwardFacts, operations: [Operation]) {
    (self.table, self.facts, self.operations) = (table, facts, operations)
    current = Array(repeating: -1, count: table.tensors.count)
    forward(tree.nodes)
    if let loss = table.loss { emit(loss, phase: .backward) }
    backward(tree.nodes)
    order.passCount = order.steps.count
    for update in table.optimizer { emit(update, phase: .optimizer) }
  }

  /// An evaluation: the forward pass and its loss, if there is one.
  init(evaluating table: StepTable) {
    self.table = table
    facts = ForwardFacts()
    operations = []
    current = Array(repeating: -1, count: table.tensors.count)
    for index in table.operations.indices { emit(index, phase: .forward) }
    order.passCount = order.steps.count
  }

  // MARK: - Emission

  private mutating func emit(_ index: Int, phase: ScheduledOperation.Phase) {
    let facts = table.facts[index]
    order.steps.append(
      StepOrder.Step(
        operation: Int32(index), firstOperand: Int32(order.operands.count), phase: phase))
    let first = Int(facts.firstOperand)
    let outputs = first + Int(facts.inputCount)
    for place in first..<outputs { order.operands.append(value(of: table.operands[place])) }
    for place in outputs..<outputs + Int(facts.outputCount) {
      let tensor = table.operands[place]
      let fresh = newValue(tensor)
      // A recomputation may make a value anew that is still there: its readers keep the first.
      if phase != .recompute || current[Int(tensor)] < 0 { current[Int(tensor)] = fresh }
      order.operands.append(fresh)
    }
  }

  private mutating func newValue(_ tensor: Int32) -> Int32 {
    order.values.append(tensor)
    return Int32(order.values.count - 1)
  }

  private mutating func value(of tensor: Int32) -> Int32 {
    let known = current[Int(tensor)]
    if known >= 0 { return known }
    precondition(
      table.isPersistent[Int(tensor)],
      "\(table.tensors[Int(tensor)].name) is read before anything computes it")
    let value = newValue(tensor)
    current[Int(tensor)] = value
    return value
  }

  // MARK: - Forward

  private mutating func forward(_ nodes: [SegmentNode]) {
    for node in nodes {
      switch node {
      case .operation(let index): emit(index, phase: .forward)
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
        for operation in table.backward[index] { emit(operation, phase: .backward) }
      case .segment(let segment):
        recompute(segment)
        backward(segment.nodes)
      }
    }
  }

  /// Runs again what the segment's backward operations need and nobody kept: nothing after the last
  /// needed value, nothing that only dropped values need.
  private mutating func recompute(_ segment: Segment) {
    let repetition = Repetition(of: segment, operations: operations, facts: facts) {
      current[$0.index] >= 0
    }
    repeatOperations(segment.nodes, repetition)
  }

  private mutating func repeatOperations(_ nodes: [SegmentNode], _ repetition: Repetition) {
    for node in nodes {
      switch node {
      case .operation(let index):
        if repetition.repeats(index) { emit(index, phase: .recompute) }
      case .segment(let inner):
        repeatOperations(inner.nodes, repetition)
        drop(inner.dropped)
      }
    }
  }
}
