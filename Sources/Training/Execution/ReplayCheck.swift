import Checkpointing
import Digests
import ModelGraph

/// Compares what is computed again with the first pass, bit for bit, while a step runs.
///
/// A value is digested when it is first made, as it may be overwritten before it is made again.
struct ReplayCheck {
  /// Forward operations that run again, by their number in random streams, which names them.
  private let repeated: Set<UInt32>
  private var digests: [UInt32: [Digest]] = [:]
  /// The first operation whose results differed.
  private(set) var difference: String?

  init(_ program: Program) {
    repeated = Set(program.instructions.filter { $0.phase == .recompute }.map(\.stream))
  }

  /// Notes the results of an operation that has just run.
  mutating func note(_ instruction: Program.Instruction, _ arena: Arena) {
    guard difference == nil, instruction.disk == nil else { return }
    switch instruction.phase {
    case .forward where repeated.contains(instruction.stream):
      digests[instruction.stream] = Self.digests(instruction, arena)
    case .recompute where digests[instruction.stream] != Self.digests(instruction, arena):
      difference = "\(instruction.layer) (\(instruction.kind.rule.name))"
    case .forward, .recompute, .backward, .optimizer: break
    }
  }

  private static func digests(_ instruction: Program.Instruction, _ arena: Arena) -> [Digest] {
    instruction.outputs.map { Digest(hashing: UnsafeRawBufferPointer(arena.bytes($0))) }
  }
}
