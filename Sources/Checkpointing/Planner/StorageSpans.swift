import ModelGraph

/// The storages of a step, found as `StorageMap` finds them, but in numbers alone: the planner compares
/// many steps of which it needs no names.
struct StorageSpans {
  /// The storages in the order of their first use.
  private(set) var spans: [Span] = []
  /// The storage of each value; −1 before it has one.
  private var storage: [Int32]
  private var lastUse: [Int32]

  /// A storage: whose it is and when it lives.
  struct Span {
    /// The tensor of its first value.
    let tensor: Int32
    /// The position of its first write, and that of its last use.
    var first: Int32
    var last: Int32
    /// Whether it is there all the time.
    let isWhole: Bool
  }

  /// - Parameter accumulates: gradients live through several passes, so they are there all the time.
  init(_ table: StepTable, _ order: StepOrder, accumulates: Bool) {
    storage = Array(repeating: -1, count: order.values.count)
    lastUse = storage
    spans.reserveCapacity(order.values.count)
    for (position, step) in order.steps.enumerated() {
      let (first, facts) = (Int(step.firstOperand), table.facts[Int(step.operation)])
      for place in first..<first + Int(facts.inputCount + facts.outputCount) {
        lastUse[Int(order.operands[place])] = Int32(position)
      }
    }
    let isWhole = table.tensors.indices.map {
      table.isPersistent[$0] || (accumulates && table.tensors[$0].role == .parameterGradient)
    }
    for (position, step) in order.steps.enumerated() {
      place(step, at: Int32(position), table, order, isWhole)
    }
    let end = Int32(max(0, order.steps.count - 1))
    for index in spans.indices where spans[index].isWhole {
      (spans[index].first, spans[index].last) = (0, end)
    }
  }

  private mutating func place(
    _ step: StepOrder.Step, at position: Int32, _ table: StepTable, _ order: StepOrder,
    _ isWhole: [Bool]
  ) {
    let (first, facts) = (Int(step.firstOperand), table.facts[Int(step.operation)])
    let outputs = first + Int(facts.inputCount)
    let end = outputs + Int(facts.outputCount)
    for place in first..<outputs where storage[Int(order.operands[place])] < 0 {
      add(order.operands[place], at: 0, order, isWhole)
    }
    for place in outputs..<end {
      let value = order.operands[place]
      let shared = shared(
        Int(facts.firstOperand) + place - first, first, at: position, table, order)
      if let shared {
        storage[Int(value)] = storage[Int(shared)]
      } else {
        add(value, at: position, order, isWhole)
      }
    }
    for place in first..<end {
      spans[Int(storage[Int(order.operands[place])])].last = position
    }
  }

  /// The value whose bytes an output takes.
  private func shared(
    _ output: Int, _ first: Int, at position: Int32, _ table: StepTable, _ order: StepOrder
  ) -> Int32? {
    let continued = table.shares[output].continued
    if continued >= 0 { return order.operands[first + Int(continued)] }
    for input in table.shares[output].replaceable {
      let value = order.operands[first + Int(input)]
      if lastUse[Int(value)] == position { return value }
    }
    return nil
  }

  private mutating func add(
    _ value: Int32, at position: Int32, _ order: StepOrder, _ isWhole: [Bool]
  ) {
    let tensor = order.values[Int(value)]
    storage[Int(value)] = Int32(spans.count)
    spans.append(
      Span(tensor: tensor, first: position, last: position, isWhole: isWhole[Int(tensor)]))
  }
}
