import Checkpointing
import ModelGraph
import Training

/// The training step that both sides run: GPT-2 124M, f32, AdamW, no dropout, random tokens.
///
/// `pytorch/gpt2.py` states the same numbers.
enum Workload {
  /// Sequences a step.
  static let batch = 4
  /// GPT-2's published sizes but for the context.
  static let sizes = GPT2Sizes(contextLength: 512, dropout: 0)
  /// PyTorch's defaults for AdamW but for the learning rate.
  static let optimizer = OptimizerSpec.adamw(
    learningRate: 1e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01)

  /// One line for the report.
  static let summary = """
    GPT-2 124M (\(sizes.numLayers) blocks, \(sizes.hiddenSize) wide, \(sizes.numHeads) heads, \
    vocabulary \(sizes.vocabularySize)), batch \(batch) × \(sizes.contextLength) random tokens, \
    f32, AdamW, no dropout
    """

  /// nbrun's run.
  static func job(policy: CheckpointPolicy, steps: Int) -> TrainingJob {
    TrainingJob(
      model: .gpt2(sizes), optimizer: optimizer, policy: policy, length: .steps(steps),
      batch: batch)
  }

  /// One batch of random tokens, the same ones every time.
  static func data() -> Dataset {
    var state: UInt64 = 2013
    let tokens = (0...batch * sizes.contextLength).map { _ in
      // Knuth's MMIX generator; its high bits are random enough for tokens.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int32((state >> 33) % UInt64(sizes.vocabularySize))
    }
    return Dataset(train: .tokens(tokens), validation: .tokens([]))
  }
}
