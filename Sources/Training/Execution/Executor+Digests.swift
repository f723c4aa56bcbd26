import Checkpointing
import Digests
import Kernels
import ModelGraph
import Synchronization

extension Executor {
  /// The digest of some bytes: of the digests of blocks of 4 MiB, so that threads can share the work.
  func digest(of slots: [Program.Slot]) -> Digest {
    let size = 4 << 20
    let blocks = slots.flatMap { slot in
      stride(from: 0, to: slot.byteCount, by: size).map { first in
        Program.Slot(
          region: slot.region, offset: slot.offset + first,
          byteCount: min(size, slot.byteCount - first))
      }
    }
    let arena = arena
    let digests = Mutex(Array(repeating: [UInt8](), count: blocks.count))
    kernels.pool.run(tasks: blocks.count) { task, _ in
      let digest = Digest(hashing: UnsafeRawBufferPointer(arena.bytes(blocks[task])))
      digests.withLock { $0[task] = digest.bytes }
    }
    return Digest(hashing: digests.withLock { Array($0.joined()) })
  }
}

/// The digest of all gradients of a step, each taken just before the update that uses it up: updates
/// within the backward pass leave no time at which all gradients are there.
struct GradientDigests {
  /// The digest of each parameter's gradient, by the place of the parameter.
  private var digests: [Int: Digest] = [:]
  /// How long that took: no part of the training step.
  private(set) var seconds = 0.0

  mutating func note(_ instruction: Program.Instruction, of executor: Executor) {
    guard case .update = instruction.kind, instruction.inputs.count > 1 else { return }
    let clock = ContinuousClock()
    let start = clock.now
    digests[instruction.inputs[0].offset] = executor.digest(of: [instruction.inputs[1]])
    seconds += (clock.now - start).seconds
  }

  /// That of all of them in the order of the model, which no policy changes; nil if there were none.
  var whole: Digest? {
    guard !digests.isEmpty else { return nil }
    let ordered = digests.sorted { $0.key < $1.key }
    return Digest(hashing: Array(ordered.map(\.value.bytes).joined()))
  }
}
