import Checkpointing
import ModelGraph

/// Runs a program on symbols instead of numbers, and notes every read of bytes that do not hold a
/// whole value, and every overlap that an operation does not allow.
///
/// It knows nothing of schedules, storages and lifetimes: only kernel calls and byte ranges.
struct ProgramInterpreter {
  private let program: Program
  private let symbols: Symbols
  private var memory = SymbolicMemory()
  /// What went wrong, in order.
  private(set) var faults: [String] = []
  private(set) var step = SymbolicStep()
  /// The value of each place in the file that is on its way.
  private var moving: [Program.Slot: Int] = [:]

  init(_ program: Program, symbols: Symbols, passes: Int = 1) {
    self.program = program
    self.symbols = symbols
    for placed in program.parameters + program.statistics + program.optimizerStates {
      memory.write(symbols.given(placed.descriptor.name), to: placed.slot)
    }
    memory.write(symbols.given("zero"), to: program.loss)
    for pass in 0..<passes {
      memory.write(symbols.given("input \(pass)"), to: program.input)
      memory.write(symbols.given("target \(pass)"), to: program.target)
      if let mask = program.paddingMask {
        memory.write(symbols.given("padding \(pass)"), to: mask)
      }
      if let types = program.tokenTypes {
        memory.write(symbols.given("types \(pass)"), to: types)
      }
      for instruction in program.instructions[..<program.passCount] {
        if instruction.phase == .optimizer {
          update(instruction)
        } else {
          run(instruction, pass: pass)
        }
      }
    }
    step.gradients = program.gradients.map { memory.value(in: $0) }
    step.statistics = program.statistics.map { memory.value(in: $0.slot) }
    for instruction in program.instructions[program.passCount...] { update(instruction) }
    step.loss = memory.value(in: program.loss)
  }

  private mutating func run(_ instruction: Program.Instruction, pass: Int) {
    if case .diskTransfer(let transfer) = instruction.kind {
      return move(transfer.part, instruction)
    }
    checkOverlaps(instruction)
    let inputs = inputs(of: instruction)
    let earlier = instruction.outputs.map { slot in
      addsToEarlier(slot, instruction, pass: pass) ? memory.value(in: slot) : nil
    }
    if let workspace = instruction.workspace { memory.write(nil, to: workspace) }
    for (index, slot) in instruction.outputs.enumerated() {
      let value = symbols.computed(
        instruction.kind, stream: instruction.stream, pass: pass, inputs: inputs, output: index,
        earlier: earlier[index])
      memory.write(value, to: slot)
    }
    for index in instruction.kind.changedInputs {
      let value = symbols.computed(
        instruction.kind, stream: 0, pass: pass, inputs: inputs, output: index, earlier: nil)
      memory.write(value, to: instruction.inputs[index])
    }
  }

  /// The loss adds to what earlier passes left, and so does what begins a gradient after the first.
  private func addsToEarlier(
    _ slot: Program.Slot, _ instruction: Program.Instruction, pass: Int
  ) -> Bool {
    slot == program.loss
      || (pass > 0 && instruction.startsGradient && program.gradients.contains(slot))
  }

  private mutating func update(_ instruction: Program.Instruction) {
    checkOverlaps(instruction)
    step.updates.append(instruction.inputs.map { memory.value(in: $0) })
    let inputs = inputs(of: instruction)
    // What follows must not read a parameter that has changed.
    if case .update = instruction.kind { memory.write(nil, to: instruction.inputs[0]) }
    if let workspace = instruction.workspace { memory.write(nil, to: workspace) }
    for (index, slot) in instruction.outputs.enumerated() {
      let value = symbols.computed(
        instruction.kind, stream: 0, pass: 0, inputs: inputs, output: index, earlier: nil)
      memory.write(value, to: slot)
    }
  }

  private mutating func inputs(of instruction: Program.Instruction) -> [Int] {
    instruction.inputs.enumerated().map { index, slot in
      if let value = memory.value(in: slot) { return value }
      faults.append("\(instruction.name) reads input \(index), whose bytes hold no whole value")
      return symbols.given("nothing")
    }
  }

  /// What is on its way must stay as it is, in memory and in the file, until the end of the transfer.
  private mutating func move(_ part: DiskTransfer.Part, _ instruction: Program.Instruction) {
    guard let disk = instruction.disk,
      let bytes = (instruction.inputs + instruction.outputs).first
    else { return faults.append("\(instruction.name) has no place") }
    let source = part == .readStart || part == .readEnd ? disk : bytes
    let value = memory.value(in: source)
    switch part {
    case .writeStart, .readStart:
      moving[disk] = value
      // Until the end nobody may read, or write, where it goes.
      memory.write(symbols.given("on its way"), to: source == disk ? bytes : disk)
      if value == nil { faults.append("\(instruction.name) moves no whole value") }
    case .writeEnd, .readEnd:
      let target = source == disk ? bytes : disk
      let isUntouched = memory.value(in: target) == symbols.given("on its way")
      if value == nil || value != moving[disk] || !isUntouched {
        faults.append("\(instruction.name) ends after what it moves was touched")
      }
      memory.write(value, to: target)
    }
  }

  /// Outputs lie over inputs only where the rule allows it, and over nothing else.
  private mutating func checkOverlaps(_ instruction: Program.Instruction) {
    let rule = instruction.kind.rule
    let outputs = instruction.outputs + (instruction.workspace.map { [$0] } ?? [])
    for (index, output) in outputs.enumerated() {
      let allowed = (rule.continued + rule.replaceable).filter { $0.output == index }
        .map { instruction.inputs[$0.input] }
      for input in instruction.inputs where input.overlaps(output) {
        if input != output || !allowed.contains(output) {
          faults.append("\(instruction.name) writes output \(index) over an input")
        }
      }
      for other in outputs[..<index] where other.overlaps(output) {
        faults.append("\(instruction.name) writes two outputs to the same bytes")
      }
    }
  }
}

extension Program.Instruction {
  fileprivate var name: String { "\(phase) \(layer) (\(kind.rule.name))" }
}
