import Kernels
import ModelGraph

@testable import Checkpointing
@testable import Training

/// Runs one operation through the executor, as a program would.
struct OperationBench {
  /// What an operation reads.
  enum Operand {
    /// Parameters, statistics and gradients of parameters: f32 in each precision.
    case floats([Float])
    /// Activations and their gradients: stored in the bench's precision.
    case activation([Float])
    case indices([Int32])

    var count: Int {
      switch self {
      case .floats(let values), .activation(let values): values.count
      case .indices(let values): values.count
      }
    }
  }

  /// The learning rate of an update.
  var learningRate: Float = 0
  /// The step of an update.
  var step = 1
  /// What activations are stored as.
  var precision = Precision.f32

  /// What the operation leaves in its outputs and then in its inputs, as f32.
  ///
  /// - Parameter wide: outputs that are f32 in each precision: statistics, gradients of parameters.
  func run(
    _ kind: OperationKind, _ inputs: [Operand], outputs: [Int] = [], wide: Set<Int> = []
  ) throws -> (outputs: [[Float]], inputs: [[Float]]) {
    let read = inputs.map(descriptor)
    let written = outputs.enumerated().map { index, count in
      descriptor(count, isNarrow: precision == .bf16 && !wide.contains(index))
    }
    let staging = Staging(kind.rule, inputs: read, outputs: written)
    var end = 0
    func slot(_ byteCount: Int) -> Program.Slot {
      defer { end += (byteCount + 63) / 64 * 64 }
      return Program.Slot(region: .step, offset: end, byteCount: byteCount)
    }
    let inputSlots = read.map { slot($0.byteCount) }
    let outputSlots = written.enumerated().map { index, tensor in
      kind.rule.continued.first { $0.output == index }.map { inputSlots[$0.input] }
        ?? slot(tensor.byteCount)
    }
    let workspace = slot(
      (staging?.byteCount ?? 0) + kind.rule.workspaceBytes(threads: 2) / 4 * 4)
    let arena = try Arena(byteCounts: [.step: end])
    for (operand, slot) in zip(inputs, inputSlots) { write(operand, to: slot, arena) }
    let instruction = Program.Instruction(
      kind: kind, inputs: inputSlots, outputs: outputSlots,
      workspace: workspace.byteCount > 0 ? workspace : nil, staging: staging, phase: .forward,
      layer: "bench",
      stream: 1, startsGradient: false)
    let kernels = try Kernels(threads: 2)
    let operands = Operands(instruction, arena: arena, kernels: kernels, notes: false)
    Executor(Program(), arena: arena, kernels: kernels)
      .perform(instruction, operands, context, pass: 0)
    operands.finish()
    return (
      zip(written, outputSlots).map { arena.values($0, $1) },
      zip(read, inputSlots).map { arena.values($0, $1) }
    )
  }

  private func descriptor(_ operand: Operand) -> TensorDescriptor {
    if case .activation = operand {
      return descriptor(operand.count, isNarrow: precision == .bf16)
    }
    return descriptor(operand.count, isNarrow: false)
  }

  private func descriptor(_ count: Int, isNarrow: Bool) -> TensorDescriptor {
    TensorDescriptor(
      name: "operand", layer: "bench", shape: [count], element: isNarrow ? .bfloat16 : .float32,
      role: .activation)
  }

  private var context: StepContext {
    StepContext(
      seed: 0, step: step, passes: 1, learningRate: learningRate)
  }

  private func write(_ operand: Operand, to slot: Program.Slot, _ arena: Arena) {
    switch operand {
    case .floats(let values): arena.write(values, to: slot)
    case .activation(let values) where precision == .bf16:
      // The fixtures' values are bf16 already, so that the upper half is all of them.
      let halves = values.map { UInt16($0.bitPattern >> 16) }
      _ = arena.bytes(slot).bindMemory(to: UInt16.self).update(fromContentsOf: halves)
    case .activation(let values): arena.write(values, to: slot)
    case .indices(let values):
      _ = arena.bytes(slot).bindMemory(to: Int32.self).update(fromContentsOf: values)
    }
  }
}

extension Arena {
  /// The values of a tensor in a slot, as f32.
  fileprivate func values(_ tensor: TensorDescriptor, _ slot: Program.Slot) -> [Float] {
    guard tensor.element == .bfloat16 else { return floats(slot) }
    return bytes(slot).bindMemory(to: UInt16.self).map { Float(bitPattern: UInt32($0) << 16) }
  }
}
