import EngineTestSupport
import ModelGraph
import TestSupport
import Testing

@testable import Checkpointing

@Suite("Plans within a budget")
struct FrontierTests {
  private static func budgets(_ example: Case) -> (smallest: Int, all: Int) {
    (example.program(.minimum).reservedBytes, example.program(.none).reservedBytes)
  }

  @Test(
    "Every budget from the smallest to store-all is kept, and more bytes never cost more time",
    arguments: 0..<60)
  func monotone(seed: Int) throws {
    let example = try Case(seed: seed)
    let frontier = Frontier(example.training, options: example.options)
    let (smallest, all) = Self.budgets(example)
    var last = Int.max
    for step in 0...12 {
      let budget = smallest + (all - smallest) * step / 12
      let program = try #require(frontier.fastest(within: budget), "\(budget) of \(all)")
      #expect(program.reservedBytes <= budget)
      #expect(program.memory.peak.total <= program.reservedBytes)
      let ways = frontier.ways.firstIndex { $0.peak <= budget } ?? 0
      #expect(ways <= last)
      last = ways
    }
    // In seconds: the plan may repeat more flops than a model's own segments do, in less time.
    let facts = ForwardFacts(example.training)
    let stored = Draft(
      example, ranges: SegmentRange.ranges(of: .none, in: example.training, facts))
    let fastest = try #require(
      frontier.ways.first { $0.peak <= stored.peak })
    #expect(fastest.seconds <= stored.repeatedSeconds)
  }

  @Test("What is said of a way without compiling it is what its program needs", arguments: 0..<60)
  func footprints(seed: Int) throws {
    let example = try Case(seed: seed)
    let frontier = Frontier(example.training, options: example.options)
    for way in frontier.ways {
      let program = frontier.program(frontier.draft(way))
      let point = frontier.point(way)
      #expect(point.peak == program.memory.peak.total)
      #expect(point.reserved == program.reservedBytes)
      #expect(point.disk == program.diskBytes)
      #expect(point.recomputedFraction == program.memory.recomputedFraction)
    }
  }

  @Test("No written policy is faster than the plan for its own bytes", arguments: 0..<60)
  func neverWorse(seed: Int) throws {
    let example = try Case(seed: seed)
    let frontier = Frontier(example.training, options: example.options)
    let facts = ForwardFacts(example.training)
    let blocks = example.training.graph.blocks.count
    let written: [CheckpointPolicy] =
      [.none, .sqrt, .selective] + (1...max(1, blocks)).map { .every($0) }
    for policy in written {
      let ranges = SegmentRange.ranges(of: policy, in: example.training, facts)
      let draft = Draft(example, ranges: ranges)
      let way = try #require(frontier.ways.first { $0.peak <= draft.peak })
      #expect(way.seconds <= draft.repeatedSeconds, "\(policy)")
    }
  }

  @Test(
    "No written policy is faster than the plan for the bytes that it reserves", arguments: 0..<60)
  func neverWorseInAnArena(seed: Int) throws {
    let example = try Case(seed: seed)
    let frontier = Frontier(example.training, options: example.options)
    let blocks = example.training.graph.blocks.count
    for policy in [.none, .sqrt, .selective] + (1...max(1, blocks)).map(CheckpointPolicy.every) {
      let written = example.program(policy)
      let plan = try #require(frontier.fastest(within: written.reservedBytes), "\(policy)")
      #expect(plan.repeatedSeconds <= written.repeatedSeconds * (1 + 1e-9), "\(policy)")
    }
  }

  @Test(
    "Each point of the frontier is what its policy gives, and reserves less than those before it",
    arguments: 0..<30)
  func points(seed: Int) throws {
    let example = try Case(seed: seed)
    let points = Frontier(example.training, options: example.options).points()
    for point in points {
      let program = example.program(point.policy)
      #expect(program.reservedBytes == point.reserved, "\(point.policy)")
      #expect(program.memory.peak.total == point.peak, "\(point.policy)")
      #expect(program.memory.recomputedFraction == point.recomputedFraction, "\(point.policy)")
    }
    #expect(zip(points, points.dropFirst()).allSatisfy { $0.reserved > $1.reserved })
    #expect(points.last?.reserved == example.program(.minimum).reservedBytes)
  }

  @Test(
    "No written policy that checkpoints whole blocks needs less than the minimum", arguments: 0..<60
  )
  func minimum(seed: Int) throws {
    let example = try Case(seed: seed)
    let blocks = max(1, example.training.graph.blocks.count)
    let counts = 1...blocks
    let written: [CheckpointPolicy] =
      [.none, .sqrt, .selective] + counts.map { .every($0) } + counts.map { .revolve(slots: $0) }
    let minimum = example.program(.minimum).reservedBytes
    for policy in written { #expect(minimum <= example.program(policy).reservedBytes, "\(policy)") }
  }

  @Test("The minimum of a chain too long for the planner holds no more than two slots do")
  func longChain() throws {
    let sizes = MLPSizes(features: 16, hidden: Array(repeating: 16, count: 150), out: 4)
    let training = try differentiated(.mlp(sizes), batch: 64)
    var options = options(.minimum)
    options.optimizer.updatesInBackward = true
    let minimum = Program(training: training, options: options)
    for slots in [2, 3, 8] {
      let revolve = Program(
        training: training, options: options.with(policy: .revolve(slots: slots)))
      #expect(minimum.reservedBytes <= revolve.reservedBytes)
    }
  }

  @Test("A draft's peak is the program's, alignment apart", arguments: 0..<60)
  func drafts(seed: Int) throws {
    let example = try Case(seed: seed)
    for way in Frontier(example.training, options: example.options).ways {
      let draft = Draft(example, ranges: way.ranges)
      let program = Program(draft, training: example.training, options: example.options)
      #expect(way.peak >= program.memory.peak.total)
      #expect(way.peak <= program.reservedBytes)
      #expect(draft.peak == alignedPeak(draft, threads: example.options.threads))
    }
  }

  /// The peak of a draft's storages, each rounded up to its alignment.
  private func alignedPeak(_ draft: Draft, threads: Int) -> Int {
    let schedule = draft.schedule
    let map = draft.map(schedule)
    let layout = Layout(schedule, map: map, threads: threads)
    return schedule.operations.indices.map { position in
      let live = map.storages.filter { $0.lifetime.contains(position) }
      return live.reduce(Placement.aligned(layout.workspaces[position]?.byteCount ?? 0)) {
        $0 + Placement.aligned($1.byteCount)
      }
    }.max() ?? 0
  }

  @Test("A budget below the smallest gives the smallest, which does not fit")
  func tooSmall() throws {
    let training = try differentiated(.smallGPT(blocks: 6))
    let program = Program(training: training, options: options(.budget(.bytes(1))))
    #expect(
      program.reservedBytes
        == Program(training: training, options: options(.minimum)).reservedBytes)
    #expect(options(.budget(.bytes(1))).limit(for: training) == 1)
  }

  @Test("A share of the kept values is a budget between the smallest and store-all")
  func fractions() throws {
    let training = try differentiated(.smallGPT(blocks: 6, width: 32, context: 32), batch: 8)
    let all = Program(training: training, options: options(.none))
    #expect(
      options(.budget(.fraction(1))).limit(for: training) == all.reservedBytes)
    #expect(
      options(.budget(.fraction(0.5))).limit(for: training)
        == all.reservedBytes - all.memory.kept / 2)
  }
}
