import EngineTestSupport
import ModelGraph
import TestSupport

@testable import Checkpointing

/// A random model with everything that a step of training is compiled from.
struct Case {
  var model: ModelSpec
  var batch: Int
  var training: TrainingGraph
  var options: TrainingOptions

  init(seed: Int, accumulates: Bool? = nil) throws {
    var generator = ModelGenerator(seed: seed)
    model = generator.model()
    batch = Int.random(in: 1...3, using: &generator.random)
    let optimizer = generator.optimizer()
    training = TrainingGraph(
      differentiating: try Graph(lowering: model, batch: batch), frozen: optimizer.frozen)
    let accumulate = accumulates ?? generator.random.oneIn(3) ? 2 : 1
    options = TrainingOptions(
      policy: .none, optimizer: optimizer, accumulate: accumulate,
      clipNorm: generator.random.oneIn(3) ? 1 : nil, threads: 2)
  }

  /// Bytes of the parameters that are trained.
  var trainedBytes: Int {
    training.parameters.reduce(0) { $0 + training[$1.tensor].byteCount }
  }

  /// The options with a policy.
  func options(_ policy: CheckpointPolicy) -> TrainingOptions {
    var options = options
    options.policy = policy
    return options
  }

  /// The program with a policy.
  func program(_ policy: CheckpointPolicy) -> Program {
    Program(training: training, options: options(policy))
  }

  /// Policies that a person writes, of every kind.
  static let written: [CheckpointPolicy] = [
    .none, .every(1), .every(2), .sqrt, .blocks(["*"]), .blocks(["*norm*", "n*"]),
    .blocks(["block.*"]), .revolve(slots: 1), .revolve(slots: 2), .selective,
    .keep(["*linear*", "attention"]), .drop(["*norm*", "gelu"]),
  ]

  /// Policies of every kind, those that are left to the planner included.
  static let policies: [CheckpointPolicy] =
    written + [.minimum, .budget(.fraction(0.5)), .budget(.automatic)]
}

/// AdamW with usual constants, on two threads.
func options(_ policy: CheckpointPolicy) -> TrainingOptions {
  TrainingOptions(
    policy: policy,
    optimizer: .adamw(
      learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01),
    threads: 2)
}

/// A model with its derivative.
func differentiated(_ model: ModelSpec, batch: Int = 2) throws -> TrainingGraph {
  TrainingGraph(differentiating: try Graph(lowering: model, batch: batch))
}

extension SegmentTree {
  /// The segments of a written policy.
  init(policy: CheckpointPolicy, training: TrainingGraph) {
    let facts = ForwardFacts(training)
    let ranges = SegmentRange.ranges(of: policy, in: training, facts)
    self.init(ranges, training: training, facts: facts)
  }
}

extension Schedule {
  /// The forward and backward pass of a tree, and the updates of an AdamW.
  init(_ training: TrainingGraph, tree: SegmentTree) {
    let table = StepTable(training, options: options(.none))
    let builder = ScheduleBuilder(
      table, tree: tree, facts: ForwardFacts(training), operations: training.graph.operations)
    self = builder.order.schedule(table)
  }
}

extension Draft {
  /// The step of a policy that is not left to the planner.
  init(_ example: Case, ranges: [SegmentRange]) {
    self.init(
      example.training, ranges: ranges, facts: ForwardFacts(example.training),
      table: StepTable(example.training, options: example.options), options: example.options)
  }
}

extension Program {
  /// Seconds of recomputation by the standard cost model.
  var repeatedSeconds: Double {
    let cost = CostModel.standard
    return instructions.filter { $0.phase == .recompute }.reduce(0) { sum, instruction in
      let bytes = (instruction.inputs + instruction.outputs).reduce(0) { $0 + $1.byteCount }
      return sum + Double(instruction.kind.rule.flops) / cost.flopsPerSecond
        + Double(bytes) / cost.bytesPerSecond
    }
  }
}
