import Checkpointing
import EngineTestSupport
import ModelGraph
import TestSupport

/// A random model with everything that a step of training is compiled from.
struct Case {
  var model: ModelSpec
  var batch: Int
  var training: TrainingGraph
  var options: TrainingOptions
  /// The optimizer's tensors for each parameter.
  var states: [String]

  init(seed: Int, accumulates: Bool? = nil) throws {
    var generator = ModelGenerator(seed: seed)
    model = generator.model()
    batch = Int.random(in: 1...3, using: &generator.random)
    training = TrainingGraph(differentiating: try Graph(lowering: model, batch: batch))
    let (optimizer, states) = generator.random.pick([
      (OptimizerSpec.sgd(learningRate: 0.1, momentum: 0, weightDecay: 0), []),
      (.sgd(learningRate: 0.1, momentum: 0.9, weightDecay: 0), ["momentum"]),
      (
        .adamw(learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0),
        ["first_moment", "second_moment"]
      ),
    ])
    self.states = states
    let accumulate = accumulates ?? generator.random.oneIn(3) ? 2 : 1
    options = TrainingOptions(
      policy: .none, optimizer: optimizer, accumulate: accumulate,
      clipNorm: generator.random.oneIn(3) ? 1 : nil, threads: 2)
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

  /// Policies of every kind.
  static let policies: [CheckpointPolicy] = [
    .none, .every(1), .every(2), .sqrt, .blocks(["*"]), .blocks(["*norm*", "n*"]),
    .blocks(["block.*"]),
  ]
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
