import Checkpointing
import KernelTable
import Kernels
import ModelGraph

/// Unsafe because operands are filled through their addresses. Safe because each slot is filled with
/// as many elements as its bytes hold, in the region that the program was laid out in.
extension Executor {
  /// Seconds of an execution of the program's operations, the mean of several.
  func measure(executions: Int) -> Double {
    let context = StepContext(seed: 0, step: 1, passes: 1, learningRate: 0)
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<executions {
      for instruction in program.instructions {
        let operands = Operands(instruction, arena: arena, kernels: kernels, notes: false)
        perform(instruction, operands, context, pass: 0)
        operands.finish()
      }
    }
    return (clock.now - start).seconds / Double(executions)
  }

  /// Gives the inputs of an operation values that are harmless: no kernel takes longer for them, as
  /// for denormal numbers or for none, and each index is one that the operation knows.
  func fillOperands(of form: OperationForm) {
    for (slot, operand) in zip(program.instructions.flatMap(\.inputs), form.inputs) {
      let bytes = arena.bytes(slot)
      switch operand.element {
      case .float32:
        guard let base = bytes.bindMemory(to: Float.self).baseAddress else { continue }
        kernels.fillUniform(
          base, count: operand.count, key: PhiloxKey(seed: 0, step: 0, operation: 0), low: -1,
          high: 1)
      case .bfloat16:
        // The upper half of a float in [1, 2), then in (−2, −1], and so on.
        let values = bytes.bindMemory(to: UInt16.self)
        for index in values.indices {
          values[index] = 0x3F80 | UInt16(truncatingIfNeeded: index & 0x7F | (index & 1) << 15)
        }
      case .int32:
        let values = bytes.bindMemory(to: Int32.self)
        let count = UInt64(form.kind.indexCount)
        // Scattered by Knuth's multiplicative hash, as tokens are.
        for index in values.indices {
          values[index] = count == 0 ? 1 : Int32(UInt64(index) &* 2_654_435_761 % count)
        }
      }
    }
  }
}

extension OperationKind {
  /// How many indices a forward operation tells apart; 0 where its integers are a padding mask, in
  /// which 1 is a token.
  fileprivate var indexCount: Int {
    switch self {
    case .embedding(let rule): rule.vocabularySize
    case .typeEmbedding(let rule): rule.typeCount
    default: 0
    }
  }
}
