public import ModelGraph

/// Ways to train a graph, from the fastest to the smallest: the planner's plans and every policy that a
/// person can write, each with the bytes and the recomputation of its whole step.
///
/// The ways don't depend on a budget. So a larger budget never gives a slower plan, and no budget a
/// worse plan than a written policy that fits it.
public struct Frontier: Sendable {
  /// The ways, the least recomputation first; no other way is faster and smaller than one of them.
  let ways: [Way]
  /// All ways that were looked at, the fewest live bytes first.
  let candidates: [Way]
  let training: TrainingGraph
  private let facts: ForwardFacts
  private let table: StepTable
  let options: TrainingOptions

  /// A way to train.
  struct Way: Sendable {
    /// The policy that a person can write; nil for a plan of the planner's.
    var policy: CheckpointPolicy?
    /// Its segments.
    var ranges: [SegmentRange]
    /// What waits on disk.
    var choice: DiskChoice
    /// Seconds of recomputation by the cost model, and those that transfers add.
    var seconds: Double
    /// Live bytes at the peak.
    var peak: Int
  }

  /// Plans of the planner's that are looked at.
  private static let mostPlans = 24
  /// Blocks up to which every size of segments is looked at.
  static let mostBlocks = 32
  /// Blocks up to which every number of slots is looked at.
  private static let mostSlots = 12
  /// Forward passes beyond which no `revolve` computes again: with one slot the recomputation of n
  /// blocks is n / 2 of them, which nobody would wait for in a deep model.
  private static let mostPasses = 20
  /// Ways of a longer model that are placed in search of the smallest arena.
  static let mostTries = 8

  /// Finds the ways of a graph under options; their policy does not matter.
  public init(_ training: TrainingGraph, options: TrainingOptions) {
    self.training = training
    self.options = options
    let facts = ForwardFacts(training)
    let table = StepTable(training, options: options)
    (self.facts, self.table) = (facts, table)
    let written = Self.writtenPolicies(training.graph).map { policy in
      Sketch(policy: policy, ranges: SegmentRange.ranges(of: policy, in: training, facts))
    }
    let sketches = written + Self.plans(training, facts, options)
    var seen = Set<Sketch.Outcome>()
    func drafted(_ sketches: [Sketch]) -> [Way] {
      sketches.filter { seen.insert($0.outcome).inserted }.map { sketch in
        let draft = Draft(
          training, ranges: sketch.ranges, facts: facts, table: table, options: options,
          choice: sketch.choice)
        return Way(
          policy: sketch.policy, ranges: sketch.ranges, choice: sketch.choice,
          seconds: draft.repeatedSeconds + draft.diskSeconds, peak: draft.peak)
      }
    }
    let found = drafted(Self.withDisk(sketches, options))
    let ways = found + drafted(Self.partlyOnDisk(found))
    self.ways = Self.best(of: ways)
    candidates = Self.distinct(
      ways.sorted { ($0.peak, $0.seconds) < ($1.peak, $1.seconds) })
  }

  private static func writtenPolicies(_ graph: Graph) -> [CheckpointPolicy] {
    let blocks = graph.blocks.count
    var sizes = Array(1...max(1, min(blocks, mostBlocks)))
    if blocks > mostBlocks {
      // Of sizes that leave the same number of segments one will do.
      sizes = Set((1...blocks).map { (blocks + $0 - 1) / $0 }).sorted()
    }
    return [.none, .selective, .sqrt] + sizes.prefix(mostBlocks).map { .every($0) }
      + revolveSlots(blocks).map { .revolve(slots: $0) }
  }

  /// All numbers of slots of a short model, else the fewest, which hold the least: where a budget
  /// allows for more of them, plans are as good.
  private static func revolveSlots(_ blocks: Int) -> [Int] {
    let least = (1...max(1, blocks)).first { slots in
      Revolve(slots: slots).repeatedSteps(blocks) <= mostPasses * blocks
    }
    guard let least, least < blocks else { return [] }
    return blocks <= mostSlots ? Array(least..<blocks) : [least]
  }

  /// The planner's plans, those that use a disk after those that don't.
  private static func plans(
    _ training: TrainingGraph, _ facts: ForwardFacts, _ options: TrainingOptions
  ) -> [Sketch] {
    var inMemory = options
    inMemory.offload = nil
    let explicit = SegmentRange.ranges(of: .none, in: training, facts)
    return (options.offload == nil ? [options] : [inMemory, options]).flatMap { options in
      let solver = ChainSolver(Chain(training, facts, options: options))
      let steps = solver.steps
      let chosen = (0..<min(mostPlans, steps.count)).map { index in
        steps[index * (steps.count - 1) / max(1, min(mostPlans, steps.count) - 1)]
      }
      return chosen.map { slots in
        let plan = solver.plan(slots: slots, in: training)
        return Sketch(
          policy: nil, ranges: explicit + plan.ranges,
          choice: plan.onDisk.isEmpty ? .nothing : .only(plan.onDisk))
      }
    }
  }

  /// Those than which no other is faster and smaller; written policies before plans that are alike.
  private static func best(of ways: [Way]) -> [Way] {
    var best: [Way] = []
    let order = ways.indices.sorted { left, right in
      (ways[left].seconds, ways[left].peak, left) < (ways[right].seconds, ways[right].peak, right)
    }
    for index in order where best.last.map({ ways[index].peak < $0.peak }) ?? true {
      best.append(ways[index])
    }
    return best
  }

  /// One of those that are next to one another and need the same bytes and time: they are alike.
  private static func distinct(_ ways: [Way]) -> [Way] {
    zip(ways, [nil] + ways.map(Optional.some)).compactMap { way, before in
      before.map { ($0.peak, $0.seconds) == (way.peak, way.seconds) } ?? false ? nil : way
    }
  }

  // MARK: - Choices

  /// The program with the least recomputation that reserves at most so many bytes; nil if none does.
  public func fastest(within bytes: Int) -> Program? {
    fastestStep(within: bytes).map { program($0.draft) }
  }

  /// The program that reserves the least.
  public func smallest() -> Program { program(smallestStep().draft) }

  /// A step and the bytes that it reserves.
  typealias Step = (draft: Draft, reserved: Int)

  func fastestStep(within bytes: Int) -> Step? {
    for way in tries(within: bytes) {
      let step = step(way)
      if step.reserved <= bytes { return step }
    }
    // The smallest arena need not be that of the fewest live bytes.
    guard candidates.first.map({ $0.peak <= bytes }) ?? false else { return nil }
    let step = smallestStep()
    return step.reserved <= bytes ? step : nil
  }

  func smallestStep() -> Step {
    // An arena is a little larger than the live bytes, and of two the one with the lower peak may be
    // the larger; none is smaller than its live bytes. Each that is tried is placed, which takes its
    // time in a long model.
    let isShort = training.graph.blocks.count <= Self.mostSlots
    var smallest: Step?
    for way in candidates.prefix(isShort ? candidates.count : Self.mostTries) {
      if let smallest {
        // As a placement's: of very many storages one that wastes next to nothing is good enough.
        let isLong = smallest.draft.order.steps.count > Placement.manyDemands
        guard way.peak + (isLong ? way.peak / 1024 : 0) < smallest.reserved else { break }
      }
      let step = step(way)
      if step.reserved < smallest?.reserved ?? .max { smallest = step }
    }
    guard let smallest else { preconditionFailure("keeping everything is always looked at") }
    return smallest
  }

  private func step(_ way: Way) -> Step {
    let draft = draft(way)
    return (draft, draft.footprint(sharesGradients: options.sharesGradients).reserved)
  }

  func draft(_ way: Way) -> Draft {
    Draft(
      training, ranges: way.ranges, facts: facts, table: table, options: options,
      choice: way.choice)
  }

  func program(_ draft: Draft) -> Program {
    Program(draft, training: training, options: options)
  }
}
