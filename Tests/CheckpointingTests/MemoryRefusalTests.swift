import Checkpointing
import EngineTestSupport
import ModelGraph
import Testing

@Suite("Memory refusals")
struct MemoryRefusalTests {
  private static let model = ModelSpec.smallGPT(blocks: 9, width: 32, context: 16)
  private static let batch = 24

  private func reserved(_ policy: CheckpointPolicy, batch: Int = batch) throws -> Int {
    Program(training: try differentiated(Self.model, batch: batch), options: options(policy))
      .reservedBytes
  }

  private func refusal(_ policy: CheckpointPolicy, limit: Int) throws -> MemoryRefusal {
    let program = Program(
      training: try differentiated(Self.model, batch: Self.batch), options: options(policy))
    return try MemoryRefusal(
      program, limit: limit, model: Self.model, batch: Self.batch, options: options(policy))
  }

  @Test("The policies that are proposed do fit, with the bytes that are stated, the cheapest first")
  func alternatives() throws {
    let limit = try reserved(.none) - 1
    let refusal = try refusal(.none, limit: limit)
    #expect(refusal.alternatives.count == 3)
    for alternative in refusal.alternatives {
      #expect(try reserved(alternative.policy) == alternative.reserved)
      #expect(alternative.reserved <= limit)
      #expect(alternative.policy != .none)
    }
    let costs = refusal.alternatives.map(\.recomputedFraction)
    #expect(costs == costs.sorted())
  }

  @Test(
    "The batch that is proposed fits, and one more does not",
    arguments: [
      CheckpointPolicy.none, .every(1), .sqrt,
    ])
  func largestBatch(policy: CheckpointPolicy) throws {
    for percent in [40, 60, 80, 99] {
      let limit = try reserved(policy) * percent / 100
      guard let batch = try refusal(policy, limit: limit).largestBatch else { continue }
      #expect(batch >= 1 && batch < Self.batch)
      #expect(try reserved(policy, batch: batch) <= limit)
      #expect(try reserved(policy, batch: batch + 1) > limit)
    }
  }

  @Test("A small model's largest batch is found, however many millions of examples it has")
  func millions() throws {
    let model = ModelSpec.features(1, loss: .meanSquaredError, [.linear(1)])
    func reserved(_ batch: Int) throws -> Int {
      Program(training: try differentiated(model, batch: batch), options: options(.none))
        .reservedBytes
    }
    let limit = try reserved(3 << 20)
    let batch = try #require(
      try BatchSearch(model: model, options: options(.none), limit: limit).largest())
    #expect(batch >= 3 << 20)
    #expect(try reserved(batch) <= limit)
    #expect(try reserved(batch + 1) > limit)
    // Without a limit, the most that a directive can ask for is the largest.
    #expect(
      try BatchSearch(model: model, options: options(.none), limit: .max).largest() == 1 << 28)
  }

  @Test("Where nothing fits, the least that any policy needs is stated")
  func nothingFits() throws {
    let refusal = try refusal(.none, limit: 1)
    #expect(refusal.alternatives.isEmpty)
    #expect(refusal.largestBatch == nil)
    let least = try ([.none, .sqrt] + (1...8).map { .every($0) }).map { try reserved($0) }.min()
    #expect(refusal.smallest <= least ?? 0)
  }

  @Test("Of the budgets that are proposed each gives the bytes that are stated", arguments: 1...9)
  func budgets(tenths: Int) throws {
    let (least, all) = (try reserved(.minimum), try reserved(.none))
    let refusal = try refusal(.none, limit: least + (all - least) * tenths / 10)
    for alternative in refusal.alternatives {
      #expect(try reserved(alternative.policy) == alternative.reserved)
    }
    #expect(refusal.smallest == least)
  }

  @Test("Memory runs out in the first operation that would exceed the limit, and not before")
  func overflow() throws {
    let timeline = Program(
      training: try differentiated(Self.model, batch: Self.batch), options: options(.none)
    ).memory.timeline.map(\.total)
    let peak = timeline.max() ?? 0
    for percent in [60, 80, 99] {
      let limit = peak * percent / 100
      let overflow = try #require(try refusal(.none, limit: limit).overflow)
      let position = try #require(timeline.firstIndex { $0 > limit })
      #expect(overflow.allocated + overflow.claimed == timeline[position])
      #expect(overflow.allocated <= limit)
    }
    #expect(try refusal(.none, limit: peak).overflow == nil)
  }

  @Test(
    "Where nothing fits in memory, the fastest way with values on disk does, and is what it says")
  func disk() throws {
    let model = ModelSpec.smallGPT(blocks: 6, width: 128, vocabulary: 64, context: 64)
    let training = try differentiated(model, batch: 16)
    let least = Program(training: training, options: options(.minimum)).reservedBytes
    let plain = Program(training: training, options: options(.none))
    let refusal = try MemoryRefusal(
      plain, limit: least - 1, model: model, batch: 16, options: options(.none))
    #expect(refusal.alternatives.isEmpty)
    let onDisk = try #require(refusal.onDisk)
    var moved = options(onDisk.policy)
    moved.offload = DiskOffload()
    let program = Program(training: training, options: moved)
    #expect(program.reservedBytes == onDisk.reserved && onDisk.reserved < least)
    #expect(program.diskBytes == onDisk.disk && onDisk.disk > 0)
    #expect(program.memory.recomputedFraction == onDisk.recomputedFraction)
  }

  @Test("A refusal names the peak, its operation and at most ten tensors there")
  func facts() throws {
    let program = Program(
      training: try differentiated(Self.model, batch: Self.batch), options: options(.none))
    let refusal = try refusal(.none, limit: 100)
    #expect(refusal.limit == 100)
    #expect(refusal.needed == program.reservedBytes)
    #expect(refusal.peak == program.memory.peak.total)
    #expect(refusal.operation == program.memory.peakOperation)
    #expect(refusal.largest == Array(program.memory.largest.prefix(10)))
  }
}
