import ModelGraph

/// The bytes that live at once in a step, found as `StorageMap` finds storages, but in numbers alone:
/// the planner asks for nothing else of the many steps that it compares.
struct LiveBytes {
  /// The most bytes at any operation, scratch space included.
  private(set) var peak = 0
  /// The bytes at each operation.
  private(set) var timeline: [Int] = []
  /// The storage of each value; −1 before it has one.
  private var storage: [Int32]
  private var lastUse: [Int32]
  private var storages: [Storage] = []

  private struct Storage {
    var byteCount: Int
    var first: Int32
    var last: Int32
  }

  init(_ table: StepTable, _ order: StepOrder, accumulates: Bool) {
    storage = Array(repeating: -1, count: order.values.count)
    lastUse = storage
    storages.reserveCapacity(order.values.count)
    for (position, step) in order.steps.enumerated() {
      let (first, facts) = (Int(step.firstOperand), table.facts[Int(step.operation)])
      for place in first..<first + Int(facts.inputCount + facts.outputCount) {
        lastUse[Int(order.operands[place])] = Int32(position)
      }
    }
    for (position, step) in order.steps.enumerated() {
      place(step, at: Int32(position), table, order)
    }
    let isWhole = table.tensors.indices.map {
      table.isPersistent[$0] || (accumulates && table.tensors[$0].role == .parameterGradient)
    }
    measure(table, order, isWhole)
  }

  private mutating func place(
    _ step: StepOrder.Step, at position: Int32, _ table: StepTable, _ order: StepOrder
  ) {
    let (first, facts) = (Int(step.firstOperand), table.facts[Int(step.operation)])
    let outputs = first + Int(facts.inputCount)
    let end = outputs + Int(facts.outputCount)
    for place in first..<outputs where storage[Int(order.operands[place])] < 0 {
      add(order.operands[place], at: 0, table, order)
    }
    for place in outputs..<end {
      let value = order.operands[place]
      let shared = shared(
        Int(facts.firstOperand) + place - first, first, at: position, table, order)
      if let shared {
        storage[Int(value)] = storage[Int(shared)]
      } else {
        add(value, at: position, table, order)
      }
    }
    for place in first..<end {
      storages[Int(storage[Int(order.operands[place])])].last = position
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
    _ value: Int32, at position: Int32, _ table: StepTable, _ order: StepOrder
  ) {
    storage[Int(value)] = Int32(storages.count)
    let bytes = table.alignedBytes[Int(order.values[Int(value)])]
    storages.append(Storage(byteCount: bytes, first: position, last: position))
  }

  private mutating func measure(_ table: StepTable, _ order: StepOrder, _ isWhole: [Bool]) {
    // A storage's tensor is that of its first value.
    var owners = Array(repeating: Int32(-1), count: storages.count)
    for value in storage.indices.reversed() where storage[value] >= 0 {
      owners[Int(storage[value])] = order.values[value]
    }
    var changes = Array(repeating: 0, count: order.steps.count + 1)
    var live = 0
    for (index, storage) in storages.enumerated() {
      if isWhole[Int(owners[index])] {
        live += storage.byteCount
      } else {
        changes[Int(storage.first)] += storage.byteCount
        changes[Int(storage.last) + 1] -= storage.byteCount
      }
    }
    timeline.reserveCapacity(order.steps.count)
    for (position, step) in order.steps.enumerated() {
      live += changes[position]
      timeline.append(live + table.facts[Int(step.operation)].scratchBytes)
      peak = max(peak, timeline[position])
    }
  }
}
