import ModelGraph

/// The operations of a step in the order of their execution, and the values that they read and write,
/// as numbers of a table.
struct StepOrder: Sendable {
  /// The operations in order.
  var steps: [Step] = []
  /// The values of each step, inputs before outputs, one step after the other.
  var operands: [Int32] = []
  /// The tensor that each value is an instance of: a recomputed tensor has several values.
  var values: [Int32] = []
  /// The operations of one batch's forward and backward pass.
  var passCount = 0

  /// An operation at a position.
  struct Step: Sendable {
    /// The operation's place in the table.
    var operation: Int32
    /// Where its values begin.
    var firstOperand: Int32
    /// The part of the step.
    var phase: ScheduledOperation.Phase
  }

  /// The order with names, kinds and shapes.
  func schedule(_ table: StepTable) -> Schedule {
    var schedule = Schedule()
    schedule.tensors = table.tensors
    schedule.values = values.map { TensorID(Int($0)) }
    schedule.passCount = passCount
    schedule.operations = steps.map { step in
      let facts = table.facts[Int(step.operation)]
      let first = Int(step.firstOperand)
      let outputs = first + Int(facts.inputCount)
      let operation = table.operations[Int(step.operation)]
      return ScheduledOperation(
        kind: operation.kind, inputs: operands[first..<outputs].map(Int.init),
        outputs: operands[outputs..<outputs + Int(facts.outputCount)].map(Int.init),
        phase: step.phase, layer: operation.layer, stream: operation.stream)
    }
    return schedule
  }

  /// Puts each update to where its gradient is complete and nothing reads the parameter any more, so
  /// that the gradient's bytes are free from there on.
  ///
  /// An update changes no operand of what follows it, so every number stays as it was.
  mutating func moveUpdatesIntoPass(_ table: StepTable) {
    var lastUses = Array(repeating: Int32(-1), count: table.tensors.count)
    for (position, step) in steps[..<passCount].enumerated() {
      for value in operands[self.operands(of: step, table)] {
        lastUses[Int(values[Int(value)])] = Int32(position)
      }
    }
    var updates: [Int: [Step]] = [:]
    for update in steps[passCount...] {
      let inputs = Int(table.facts[Int(update.operation)].inputCount)
      let last = operands[self.operands(of: update, table)].prefix(inputs).map {
        Int(lastUses[Int(values[Int($0)])])
      }.max()
      let position = last.flatMap { $0 < 0 ? nil : $0 } ?? passCount - 1
      updates[position, default: []].append(update)
    }
    steps = steps[..<passCount].enumerated().flatMap { position, step in
      [step] + updates[position, default: []]
    }
    passCount = steps.count
  }

  /// Where the values of a step are among the operands.
  func operands(of step: Step, _ table: StepTable) -> Range<Int> {
    let facts = table.facts[Int(step.operation)]
    let first = Int(step.firstOperand)
    return first..<first + Int(facts.inputCount + facts.outputCount)
  }
}
