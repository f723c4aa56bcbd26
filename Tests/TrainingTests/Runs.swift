import EngineTestSupport
import Kernels
import ModelGraph
import Records
import TestSupport

@testable import Checkpointing
@testable import Training

extension OptimizerSpec {
  /// AdamW with usual constants.
  static func adamw(_ learningRate: Float = 3e-3) -> OptimizerSpec {
    .adamw(
      learningRate: learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01)
  }

  /// Plain gradient descent.
  static func sgd(_ learningRate: Float, momentum: Float = 0) -> OptimizerSpec {
    .sgd(learningRate: learningRate, momentum: momentum, weightDecay: 0)
  }
}

extension Dataset {
  /// Random data that suits a model; as many held-out examples as half of those trained on.
  static func random(for model: ModelSpec, examples: Int, seed: Int = 1) throws -> Dataset {
    var random = RepeatableGenerator(seed: seed)
    let graph = try Graph(lowering: model, batch: 1)
    let (width, features) = (graph.outputWidth, graph[graph.input].count)
    let classes = Int32(width == 1 ? 3 : width)
    func part(_ count: Int) -> Examples {
      switch model.input {
      case .tokens(let input) where !input.isStream || graph.targetRows != graph.time:
        var rows = SequenceExamples.random(
          input, targets: graph.targetRows, classes: classes, count: count, using: &random)
        rows.targets = rows.targets.withOneThatCounts(for: model.loss, classes: classes)
        return .sequences(rows)
      case .tokens(let input):
        let tokens = 0..<Int32(input.vocabularySize)
        return .tokens(
          (0...count * input.contextLength).map { _ in Int32.random(in: tokens, using: &random) })
      case .features, .image:
        let values = (0..<count * features).map { _ in Float.random(in: -1.7...1.7, using: &random)
        }
        let drawn = (0..<count).map { _ in Int32.random(in: 0..<classes, using: &random) }
        return .features(
          FeatureExamples(
            values: .memory(values), shape: [features],
            targets: Targets.classes(drawn, perExample: 1)
              .withOneThatCounts(for: model.loss, classes: classes)))
      }
    }
    return Dataset(train: part(examples), validation: part(max(1, examples / 2)))
  }
}

extension TokenInput {
  /// Whether windows of a stream are all that the input needs.
  fileprivate var isStream: Bool { !isPadded && typeCount == nil }
}

extension SequenceExamples {
  /// Random rows: of random lengths where they may be padded, with types where tokens have any.
  fileprivate static func random(
    _ input: TokenInput, targets: Int, classes: Int32, count: Int,
    using random: inout RepeatableGenerator
  ) -> SequenceExamples {
    let length = input.contextLength
    func values(_ count: Int, _ range: Range<Int32>) -> [Int32] {
      (0..<count).map { _ in Int32.random(in: range, using: &random) }
    }
    return SequenceExamples(
      length: length, tokens: values(count * length, 0..<Int32(input.vocabularySize)),
      lengths: input.isPadded ? values(count, 1..<Int32(length + 1)) : [],
      types: input.typeCount.map { values(count * length, 0..<Int32($0)) } ?? [],
      targets: .classes(values(count * targets, 0..<classes), perExample: targets))
  }
}

extension TrainingJob {
  /// A short run of a small model.
  static func small(
    _ model: ModelSpec, policy: CheckpointPolicy = .none, steps: Int = 4, batch: Int = 2
  ) -> TrainingJob {
    TrainingJob(
      model: model, optimizer: .adamw(), policy: policy, length: .steps(steps), batch: batch,
      seed: 7)
  }

  /// The job with something changed.
  func with(_ change: (inout TrainingJob) -> Void) -> TrainingJob {
    var job = self
    change(&job)
    return job
  }

  /// Runs the job from beginning to end.
  func outcome(_ data: Dataset, threads: Int = 2) throws -> TrainingOutcome {
    try TrainingRun(self, data: data, kernels: Kernels(threads: threads)).run()
  }
}

extension TrainingOutcome {
  /// The loss of each recorded step.
  var losses: [Double] { metrics["loss"]?.points.map(\.value) ?? [] }
}

extension TrainingRun {
  /// The weights as they are, parameter after parameter.
  var weights: [Float] {
    training.program.parameters.flatMap { training.arena.floats($0.slot) }
  }
}

extension Arena {
  /// The f32 values in a slot.
  func floats(_ slot: Program.Slot) -> [Float] {
    Array(bytes(slot).bindMemory(to: Float.self))
  }

  /// Writes f32 values to a slot.
  func write(_ values: [Float], to slot: Program.Slot) {
    precondition(values.count * 4 == slot.byteCount)
    _ = bytes(slot).bindMemory(to: Float.self).update(fromContentsOf: values)
  }
}

/// √Σ x².
func norm(_ values: [Float]) -> Double {
  values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
}

extension Targets {
  /// The targets with one that counts in each example: a batch in which none does is refused.
  fileprivate func withOneThatCounts(for loss: LossSpec, classes: Int32) -> Targets {
    guard case .classes(var values, let each) = self, let ignored = loss.ignoredIndex else {
      return self
    }
    for first in stride(from: 0, to: values.count, by: max(1, each))
    where values[first..<first + each].allSatisfy({ $0 == ignored }) {
      values[first] = (ignored + 1) % classes
    }
    return .classes(values, perExample: each)
  }
}
