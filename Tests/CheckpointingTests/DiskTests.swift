import EngineTestSupport
import ModelGraph
import TestSupport
import Testing

@testable import Checkpointing

@Suite("Values that wait on disk")
struct DiskTests {
  /// A random case whose values wait on disk, however small they are.
  private static func example(seed: Int, accumulates: Bool? = nil) throws -> Case {
    var example = try Case(seed: seed, accumulates: accumulates)
    var random = RepeatableGenerator(seed: seed)
    example.options.offload = DiskOffload(leastBytes: random.pick([1, 1, 256]))
    // From a disk that takes no time to one that is as slow as a step can bear.
    let speed = random.pick([Double.infinity, 1e11, 4e9, 1e9])
    example.options.cost.diskWriteBytesPerSecond = speed
    example.options.cost.diskReadBytesPerSecond = speed * random.pick([0.5, 1, 2])
    return example
  }

  /// The order of a policy without transfers, and what may wait on disk in it.
  private static func parts(
    _ example: Case, _ policy: CheckpointPolicy
  ) -> (draft: Draft, disk: DiskWaits) {
    let facts = ForwardFacts(example.training)
    let draft = Draft(
      example.training, ranges: SegmentRange.ranges(of: policy, in: example.training, facts),
      facts: facts, table: StepTable(example.training, options: example.options),
      options: example.options, choice: .nothing)
    let disk = DiskWaits(
      draft.order, draft.table, choice: .everything,
      accumulates: example.options.accumulate > 1)
    return (draft, disk)
  }

  private static func peak(_ draft: Draft, _ waits: [DiskWait], _ example: Case) -> Int {
    let order = draft.order.transferring(waits, draft.table).0
    return LiveBytes(draft.table, order, accumulates: example.options.accumulate > 1).peak
  }

  @Test(
    "With values on disk a program computes the same loss, gradients, statistics and updates as the plain graph, and nobody touches what is on its way",
    arguments: 0..<80)
  func computesTheGraph(seed: Int) throws {
    let example = try Self.example(seed: seed)
    let symbols = Symbols()
    var expected = GraphInterpreter(
      example.training, symbols: symbols, passes: example.options.accumulate)
    expected.update(
      clips: example.options.clipNorm != nil, states: example.options.optimizer.stateNames)
    for policy in Case.policies {
      let actual = ProgramInterpreter(
        example.program(policy), symbols: symbols, passes: example.options.accumulate)
      #expect(actual.faults.isEmpty, "\(policy): \(actual.faults.prefix(3))")
      #expect(actual.step == expected.step, "\(policy)")
    }
  }

  @Test("They wait on disk with updates within the backward pass too", arguments: 0..<40)
  func updatesInBackward(seed: Int) throws {
    var example = try Self.example(seed: seed, accumulates: false)
    example.options.clipNorm = nil
    example.options.optimizer.updatesInBackward = true
    let symbols = Symbols()
    var expected = GraphInterpreter(example.training, symbols: symbols)
    expected.update(clips: false, states: example.options.optimizer.stateNames)
    for policy in Case.policies {
      let actual = ProgramInterpreter(example.program(policy), symbols: symbols)
      #expect(actual.faults.isEmpty, "\(policy): \(actual.faults.prefix(3))")
      #expect(actual.step.loss == expected.step.loss, "\(policy)")
      #expect(Set(actual.step.updates) == Set(expected.step.updates), "\(policy)")
    }
  }

  @Test("Many random models have values that lower the peak on disk")
  func moving() throws {
    var moving = 0
    for seed in 0..<60 {
      let example = try Self.example(seed: seed)
      let moves = [CheckpointPolicy.none, .every(1), .selective].contains { policy in
        let memory = example.program(policy).memory
        return !memory.diskTensors.isEmpty && memory.diskBytes > 0
      }
      moving += moves ? 1 : 0
    }
    #expect(moving >= 20, "\(moving) of 60")
  }

  @Test("What is computed again waits on disk too, where it waits for long")
  func repeated() throws {
    let training = try differentiated(.smallGPT(blocks: 8, width: 64, context: 64), batch: 8)
    // One segment: the forward pass keeps next to nothing.
    var options = options(.every(8))
    let plain = Program(training: training, options: options)
    options.offload = DiskOffload(leastBytes: 1 << 10)
    (options.cost.diskWriteBytesPerSecond, options.cost.diskReadBytesPerSecond) = (1e11, 1e11)
    let disk = Program(training: training, options: options)
    #expect(disk.memory.recomputedOperations == plain.memory.recomputedOperations)
    #expect(disk.memory.peak.activations < plain.memory.peak.activations / 2)
    let written = disk.instructions.indices.filter { position in
      guard case .diskTransfer(let transfer) = disk.instructions[position].kind else {
        return false
      }
      return transfer.part == .writeStart
    }
    let firstRepeated = try #require(
      disk.instructions.firstIndex { $0.phase == .recompute })
    #expect(written.contains { $0 > firstRepeated })
  }

  @Test(
    "Nothing done ahead raises the peak, and no value waits that lowers none", arguments: 0..<60)
  func noneUseless(seed: Int) throws {
    let example = try Self.example(seed: seed)
    for policy in Case.written {
      let (draft, disk) = Self.parts(example, policy)
      let atOnce = disk.waits.map { wait in
        var wait = wait
        (wait.writeEnd, wait.readStart) = (wait.lastUse + 1, wait.nextUse)
        return wait
      }
      let peak = Self.peak(draft, disk.waits, example)
      #expect(peak <= draft.peak, "\(policy)")
      for index in atOnce.indices {
        var others = disk.waits
        others.remove(at: index)
        #expect(Self.peak(draft, others, example) > peak, "\(policy)")
      }
    }
  }

  @Test(
    "Transfers begin before they end, one value after the other within the step", arguments: 0..<60)
  func order(seed: Int) throws {
    let example = try Self.example(seed: seed)
    for policy in Case.policies {
      let program = example.program(policy)
      for positions in program.transfers.values {
        #expect(positions.map { $0.part } == DiskTransfer.Part.allCases, "\(policy)")
        #expect(positions.allSatisfy { $0.position < program.passCount }, "\(policy)")
      }
    }
  }

  @Test("Values that wait at the same time share no bytes of the file", arguments: 0..<60)
  func noOverlap(seed: Int) throws {
    let example = try Self.example(seed: seed)
    for policy in Case.policies {
      let program = example.program(policy)
      let waits = program.transfers.map { key, parts in
        (key.slot, parts[0].position...parts[parts.count - 1].position)
      }
      for (index, (slot, time)) in waits.enumerated() {
        #expect(slot.bytes.upperBound <= program.diskBytes)
        let clash = waits[..<index].contains { $0.0.overlaps(slot) && $0.1.overlaps(time) }
        #expect(!clash, "\(policy)")
      }
    }
  }

  @Test(
    "The smallest budget is no larger than in memory, and more bytes never cost more time",
    arguments: 0..<30)
  func budgets(seed: Int) throws {
    let example = try Self.example(seed: seed)
    var inMemory = example
    inMemory.options.offload = nil
    let smallest = example.program(.minimum).reservedBytes
    let least = inMemory.program(.minimum).reservedBytes
    #expect(smallest <= least)
    let frontier = Frontier(example.training, options: example.options)
    let plain = Frontier(inMemory.training, options: inMemory.options)
    let all = inMemory.program(.none).reservedBytes
    var last = Double.infinity
    for step in 0...8 {
      let budget = smallest + (all - smallest) * step / 8
      let program = try #require(frontier.fastest(within: budget), "\(budget) of \(all)")
      #expect(program.reservedBytes <= budget)
      let seconds = frontier.ways.first { $0.peak <= budget }?.seconds ?? .infinity
      #expect(seconds <= last)
      last = seconds
      // A disk is a further choice: it never makes a budget slower.
      let without = plain.ways.first { $0.peak <= budget }?.seconds ?? .infinity
      #expect(seconds <= without)
    }
  }

  @Test("A draft's peak is the program's, alignment apart", arguments: 0..<30)
  func drafts(seed: Int) throws {
    let example = try Self.example(seed: seed)
    let frontier = Frontier(example.training, options: example.options)
    for way in frontier.ways {
      let program = frontier.program(frontier.draft(way))
      let point = frontier.point(way)
      #expect(point.reserved == program.reservedBytes && point.disk == program.diskBytes)
      #expect(way.peak >= program.memory.peak.total)
      #expect(way.peak <= program.reservedBytes)
      #expect((way.choice == .nothing) ? program.diskBytes == 0 : true)
    }
  }

  @Test(
    "Transfers add what is copied, and what the disk takes longer than the operations meanwhile",
    arguments: 0..<30)
  func seconds(seed: Int) throws {
    let example = try Self.example(seed: seed)
    for policy in Case.written {
      let (draft, disk) = Self.parts(example, policy)
      #expect(draft.diskSeconds == 0)
      let moved = Draft(
        example.training,
        ranges: SegmentRange.ranges(
          of: policy, in: example.training, ForwardFacts(example.training)),
        facts: ForwardFacts(example.training), table: draft.table, options: example.options)
      let cost = example.options.cost
      let bytes = disk.waits.reduce(0) { $0 + draft.table.tensors[Int($1.tensor)].byteCount }
      let copied = 2 * Double(bytes) / cost.bytesPerSecond
      #expect(moved.diskSeconds >= copied * 0.999)
      #expect(moved.diskSeconds <= (copied + cost.diskSeconds(byteCount: bytes)) * 1.001)
    }
  }

  @Test("A budget in between leaves values in memory that fit there")
  func partly() throws {
    let training = try differentiated(.smallGPT(blocks: 6, width: 64, context: 64), batch: 8)
    var options = options(.none)
    let all = Program(training: training, options: options)
    options.offload = DiskOffload(leastBytes: 1 << 10)
    (options.cost.diskWriteBytesPerSecond, options.cost.diskReadBytesPerSecond) = (1e11, 1e11)
    let frontier = Frontier(training, options: options)
    let least = Program(training: training, options: options)
    let middle = try #require(
      frontier.fastest(within: (all.reservedBytes + least.reservedBytes) / 2))
    #expect(middle.diskBytes > 0 && middle.diskBytes < least.diskBytes)
    #expect(middle.memory.recomputedOperations == 0)
  }

  @Test("A disk that was measured counts in place of the standard one")
  func measured() {
    var cost = CostModel.standard
    #expect(cost.diskSeconds(byteCount: 1_000_000) == 1e-3 + 0.5e-3)
    cost.operations[CostModel.diskWrite] = 2
    cost.operations[CostModel.diskRead] = 1
    #expect(cost.diskSeconds(byteCount: 4 << 20) == 12)
  }

  @Test("A file is no memory: it counts as none of the reserved bytes")
  func fileIsNoMemory() throws {
    let training = try differentiated(.smallGPT(blocks: 6, width: 64, context: 64), batch: 8)
    var options = options(.none)
    let plain = Program(training: training, options: options)
    options.offload = DiskOffload(leastBytes: 1 << 10)
    (options.cost.diskWriteBytesPerSecond, options.cost.diskReadBytesPerSecond) = (1e11, 1e11)
    let disk = Program(training: training, options: options)
    #expect(disk.diskBytes > 0)
    #expect(disk.reservedBytes < plain.reservedBytes * 3 / 4)
    #expect(
      disk.memory.kept + disk.memory.diskTensors.reduce(0) { $0 + $1.byteCount }
        == plain.memory.kept)
    #expect(
      (disk.memory.keptTensors + disk.memory.diskTensors).map(\.name).sorted()
        == plain.memory.keptTensors.map(\.name).sorted())
    for (layer, other) in zip(disk.memory.layers, plain.memory.layers) {
      #expect(layer.kept + layer.disk == other.kept, "\(layer.layer)")
    }
    #expect(disk.memory.recomputedOperations == 0)
  }
}

extension Program {
  /// A value in the file: a tensor's layer and place.
  fileprivate struct Waiting: Hashable {
    let layer: String
    let slot: Slot
    let write: Int
  }

  /// The transfers of each value in their order.
  fileprivate var transfers: [Waiting: [(part: DiskTransfer.Part, position: Int)]] {
    var open: [Slot: Waiting] = [:]
    var result: [Waiting: [(part: DiskTransfer.Part, position: Int)]] = [:]
    for (position, instruction) in instructions.enumerated() {
      guard case .diskTransfer(let transfer) = instruction.kind, let slot = instruction.disk else {
        continue
      }
      if transfer.part == .writeStart {
        open[slot] = Waiting(layer: instruction.layer, slot: slot, write: position)
      }
      guard let waiting = open[slot] else { continue }
      result[waiting, default: []].append((transfer.part, position))
    }
    return result
  }
}
