import Checkpointing
import KernelTable
import Kernels
import ModelGraph

/// Runs a program's instructions on an arena.
final class Executor {
  let program: Program
  let arena: Arena
  let kernels: Kernels
  /// Where values wait for the backward pass; nil where all wait in memory.
  let disk: DiskFile?
  /// The number of the latest transfer of each place in that file.
  var transfers: [Program.Slot: Int] = [:]
  private var ledger: AccessLedger?
  /// Live bytes during each operation of the first step that ran, from addresses.
  private(set) var measuredTimeline: [Int]?
  /// Seconds by part of the last step, without those that it waited for the disk.
  private(set) var seconds: [ScheduledOperation.Phase: Double] = [:]
  /// Seconds that the last step waited for transfers which had not ended in time.
  var diskSeconds = 0.0
  /// What the loss added up in the last step, over all passes.
  var sums = LossSums()
  /// How many operations ran, by part, since the beginning.
  private(set) var executions: [ScheduledOperation.Phase: Int] = [:]

  /// Whether bytes that the plan has freed are overwritten with no numbers, to find who reads them.
  var poisonsFreedBytes = false
  /// Whether what is computed again is compared with the first pass.
  var verifiesReplay = false {
    didSet { replay = verifiesReplay ? ReplayCheck(program) : nil }
  }
  /// Takes the digest of each gradient before the update that uses it up; nil takes none.
  var gradientDigests: GradientDigests?
  private var replay: ReplayCheck?
  /// The first operation whose recomputation gave other bits.
  var replayDifference: String? { replay?.difference }

  /// Live bytes at the peak of that step.
  var measuredPeak: Int? { measuredTimeline?.max() }

  init(_ program: Program, arena: Arena, kernels: Kernels, disk: DiskFile? = nil) {
    self.program = program
    self.arena = arena
    self.kernels = kernels
    self.disk = disk
  }

  /// Runs one step: `load` fills the batch before each pass and tells how many rows of targets it
  /// has.
  ///
  /// - Returns: the mean of the passes' mean losses.
  func step(_ context: StepContext, load: (_ pass: Int) -> Int) -> Float {
    begin()
    var loss: Float = 0
    for number in 0..<context.passes {
      loss = pass(number, context, loss: loss, isLast: number == context.passes - 1) {
        load(number)
      }
    }
    finish(context)
    finishMeasurement()
    return loss
  }

  /// Begins a step.
  func begin() {
    seconds = [:]
    diskSeconds = 0
    sums = LossSums()
  }

  /// Runs the forward and backward pass of a step's batch.
  ///
  /// - Parameters:
  ///   - loss: what earlier passes of the step added up, maybe of another executor.
  ///   - isLast: whether this executor runs no further pass of the step.
  /// - Returns: the loss with this pass's share.
  func pass(
    _ number: Int, _ context: StepContext, loss: Float, isLast: Bool, load: () -> Int
  ) -> Float {
    var context = context
    if poisonsFreedBytes, number == 0 { poison(arena.bytes(of: .step)) }
    setLoss(loss)
    context.rows = load()
    // The last pass is the measured one: gradients of earlier passes are there by then.
    if measuredTimeline == nil, isLast { ledger = AccessLedger(held: heldAddresses) }
    run(program.instructions[..<program.passCount], context, pass: number)
    return self.loss
  }

  /// Updates the weights.
  func finish(_ context: StepContext) {
    run(program.instructions[program.passCount...], context, pass: 0)
  }

  private func run(
    _ instructions: ArraySlice<Program.Instruction>, _ context: StepContext, pass: Int
  ) {
    let clock = ContinuousClock()
    for (position, instruction) in zip(instructions.indices, instructions) {
      gradientDigests?.note(instruction, of: self)
      let (start, waited) = (clock.now, diskSeconds)
      let operands = Operands(
        instruction, arena: arena, kernels: kernels, notes: ledger != nil)
      perform(instruction, operands, context, pass: pass)
      operands.finish()
      ledger?.note(reads: operands.reads, writes: operands.writes)
      replay?.note(instruction, arena)
      if poisonsFreedBytes { program.releases[position].forEach { poison(arena.bytes($0)) } }
      seconds[instruction.phase, default: 0] +=
        (clock.now - start).seconds - (diskSeconds - waited)
      executions[instruction.phase, default: 0] += 1
    }
  }

  /// Ends the measurement of a step, if it is one.
  func finishMeasurement() {
    guard var ledger else { return }
    let bytes = arena.bytes(program.loss)
    if let base = bytes.baseAddress {
      let first = UInt(bitPattern: base)
      ledger.noteFinalRead(first..<first + UInt(bytes.count))
    }
    measuredTimeline = ledger.timeline
    self.ledger = nil
  }

  /// Gradients with a region of their own: another executor's passes may have begun them.
  private var heldAddresses: [Range<UInt>] {
    let slots = program.instructions.flatMap(\.outputs).filter { $0.region == .gradients }
    return Set(slots).compactMap { slot in
      arena.bytes(slot).baseAddress.map { UInt(bitPattern: $0) }.map {
        $0..<$0 + UInt(slot.byteCount)
      }
    }
  }

  /// All bits set: no number in f32 and bf16, and -1 among indices.
  private func poison(_ bytes: UnsafeMutableRawBufferPointer) {
    bytes.initializeMemory(as: UInt8.self, repeating: 0xFF)
  }

  private var loss: Float { arena.bytes(program.loss).load(as: Float.self) }

  private func setLoss(_ value: Float) {
    arena.bytes(program.loss).storeBytes(of: value, as: Float.self)
  }
}

/// What a step is run with besides its program.
struct StepContext {
  /// The run's seed.
  var seed: UInt64
  /// The step, from 1.
  var step: Int
  /// Batches whose gradients are added up.
  var passes: Int
  /// The learning rate of this step.
  var learningRate: Float
  /// The position of the first row, where earlier ones are cached.
  var position = 0
  /// Rows of targets of the pass; those that fill up a partial batch are not among them.
  var rows = Int.max

  /// What the mean loss of a pass and its gradients are multiplied by.
  var passScale: Float { 1 / Float(passes) }

  /// The number of a pass in random streams: no two passes of a run draw alike.
  func stream(pass: Int) -> UInt32 { UInt32(truncatingIfNeeded: (step - 1) * passes + pass + 1) }
}
