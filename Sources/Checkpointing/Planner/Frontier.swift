public import ModelGraph

/// Ways to train a graph, from the fastest to the smallest: the planner's plans and every policy that a
/// person can write, each with the bytes and the recomputation of its whole step.
///
/// The ways don't depend on a budget. So a larger budget never gives a slower plan, and no budget a
/// worse plan than a written policy that fits it.
public struct Frontier: Sendable {
  /// The ways, the least recomputation first; no other way is faster and smaller than one of them.
  let ways: [Way]
  private let training: TrainingGraph
  private let facts: ForwardFacts
  private let table: StepTable
  private let options: TrainingOptions

  /// A way to train.
  struct Way: Sendable {
    /// The policy that a person can write; nil for a plan of the planner's.
    var policy: CheckpointPolicy?
    /// Its segments.
    var ranges: [SegmentRange]
    /// Seconds of recomputation by the cost model.
    var seconds: Double
    /// Live bytes at the peak.
    var peak: Int
  }

  /// Plans of the planner's that are looked at.
  private static let mostPlans = 24
  /// Blocks up to which every size of segments is looked at.
  private static let mostBlocks = 32

  /// Finds the ways of a graph under options; their policy does not matter.
  public init(_ training: TrainingGraph, options: TrainingOptions) {
    self.training = training
    self.options = options
    let facts = ForwardFacts(training)
    let table = StepTable(training, options: options)
    (self.facts, self.table) = (facts, table)
    let written = Self.writtenPolicies(training.graph).map { policy in
      (Optional(policy), SegmentRange.ranges(of: policy, in: training, facts))
    }
    let planned = Self.plans(training, facts, options).map { ranges in
      (CheckpointPolicy?.none, ranges)
    }
    let ways = (written + planned).map { policy, ranges in
      let draft = Draft(training, ranges: ranges, facts: facts, table: table, options: options)
      return Way(
        policy: policy, ranges: ranges, seconds: draft.repeatedSeconds, peak: draft.peak)
    }
    self.ways = Self.best(of: ways)
  }

  private static func writtenPolicies(_ graph: Graph) -> [CheckpointPolicy] {
    let blocks = graph.blocks.count
    var sizes = Array(1...max(1, min(blocks, mostBlocks)))
    if blocks > mostBlocks {
      // Of sizes that leave the same number of segments one will do.
      sizes = Set((1...blocks).map { (blocks + $0 - 1) / $0 }).sorted()
    }
    return [.none, .selective, .sqrt] + sizes.prefix(mostBlocks).map { .every($0) }
  }

  private static func plans(
    _ training: TrainingGraph, _ facts: ForwardFacts, _ options: TrainingOptions
  ) -> [[SegmentRange]] {
    let explicit = SegmentRange.ranges(of: .none, in: training, facts)
    let chain = Chain(training, facts, options: options)
    let solver = ChainSolver(chain)
    let steps = solver.steps
    let chosen = (0..<min(mostPlans, steps.count)).map { index in
      steps[index * (steps.count - 1) / max(1, min(mostPlans, steps.count) - 1)]
    }
    return chosen.map { explicit + solver.ranges(slots: $0, in: training) }
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

  // MARK: - Choices

  /// The program with the least recomputation that reserves at most so many bytes; nil if none does.
  public func fastest(within bytes: Int) -> Program? {
    for way in ways where way.peak <= bytes {
      let program = program(way)
      if program.reservedBytes <= bytes { return program }
    }
    return nil
  }

  /// The program that reserves the least.
  public func smallest() -> Program {
    // An arena is a little larger than the live bytes: the smallest arena is among the last few.
    var smallest: Program?
    for way in ways.suffix(3).reversed() where way.peak < smallest?.reservedBytes ?? .max {
      let program = program(way)
      if program.reservedBytes < smallest?.reservedBytes ?? .max { smallest = program }
    }
    return smallest ?? Program(training: training, options: options.with(policy: .none))
  }

  func program(_ way: Way) -> Program {
    Program(
      Draft(training, ranges: way.ranges, facts: facts, table: table, options: options),
      training: training, options: options)
  }
}
