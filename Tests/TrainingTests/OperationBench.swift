import Kernels
import ModelGraph

@testable import Checkpointing
@testable import Training

/// Runs one operation through the executor, as a program would.
struct OperationBench {
  /// What an operation reads.
  enum Operand {
    case floats([Float])
    case indices([Int32])

    var count: Int {
      switch self {
      case .floats(let values): values.count
      case .indices(let values): values.count
      }
    }
  }

  /// The learning rate of an update.
  var learningRate: Float = 0
  /// The step of an update.
  var step = 1

  /// What the operation leaves in its outputs and then in its inputs, as f32.
  func run(
    _ kind: OperationKind, _ inputs: [Operand], outputs: [Int] = []
  ) throws -> (outputs: [[Float]], inputs: [[Float]]) {
    var end = 0
    func slot(_ count: Int) -> Program.Slot {
      defer { end += (count * 4 + 63) / 64 * 64 }
      return Program.Slot(region: .step, offset: end, byteCount: count * 4)
    }
    let inputSlots = inputs.map { slot($0.count) }
    let outputSlots = outputs.enumerated().map { index, count in
      kind.rule.continued.first { $0.output == index }.map { inputSlots[$0.input] } ?? slot(count)
    }
    let workspace = slot(kind.rule.workspaceBytes(threads: 2) / 4)
    let arena = try Arena(byteCounts: [.step: end])
    for (operand, slot) in zip(inputs, inputSlots) { write(operand, to: slot, arena) }
    let instruction = Program.Instruction(
      kind: kind, inputs: inputSlots, outputs: outputSlots,
      workspace: workspace.byteCount > 0 ? workspace : nil, phase: .forward, layer: "bench",
      stream: 1, startsGradient: false)
    let kernels = try Kernels(threads: 2)
    let operands = Operands(instruction, arena: arena, kernels: kernels, notes: false)
    Executor(Program(), arena: arena, kernels: kernels)
      .perform(instruction, operands, context, pass: 0)
    return (outputSlots.map { arena.floats($0) }, inputSlots.map { arena.floats($0) })
  }

  private var context: StepContext {
    StepContext(
      seed: 0, step: step, passes: 1, learningRate: learningRate)
  }

  private func write(_ operand: Operand, to slot: Program.Slot, _ arena: Arena) {
    switch operand {
    case .floats(let values): arena.write(values, to: slot)
    case .indices(let values):
      _ = arena.bytes(slot).bindMemory(to: Int32.self).update(fromContentsOf: values)
    }
  }
}
