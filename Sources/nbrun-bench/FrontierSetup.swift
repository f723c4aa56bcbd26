import ArgumentParser
import Checkpointing
import ModelGraph
import Training

/// The training step that is run within budgets: a GPT-2 on random tokens.
struct FrontierSetup: ParsableArguments {
  @Option(help: "Transformer blocks.")
  var blocks = 12

  @Option(help: "Width of the residual stream.")
  var width = 768

  @Option(help: "Attention heads.")
  var heads = 12

  @Option(help: "Number of different tokens.")
  var vocabulary = 50_257

  @Option(help: "Tokens of an example.")
  var context = 256

  @Option(help: "Examples of a step.")
  var batch = 4

  @Option(help: "Dropout after the embeddings, of attention weights and of residual branches.")
  var dropout: Float = 0.1

  @Option(help: "When parameters are updated: step (all at its end) or backward (each at once).")
  var updates = Updates.backward

  @Option(help: "Training steps of a run; the first one is left out.")
  var steps = 10

  @Option(help: "Worker threads.")
  var threads = 2

  /// When parameters are updated.
  enum Updates: String, ExpressibleByArgument, CaseIterable {
    case step, backward
  }

  func validate() throws {
    let sizes = [blocks, width, heads, vocabulary, context, batch, threads]
    guard sizes.allSatisfy({ $0 >= 1 }) else { throw ValidationError("sizes begin at 1") }
    guard width.isMultiple(of: heads) else {
      throw ValidationError("--heads must divide --width")
    }
    guard (0..<1).contains(dropout) else { throw ValidationError("--dropout is in [0, 1)") }
    guard steps >= 2 else { throw ValidationError("--steps must be at least 2: one is a warm-up") }
  }

  /// The arguments that say all of this to a process of its own.
  var arguments: [String] {
    [
      "--blocks", "\(blocks)", "--width", "\(width)", "--heads", "\(heads)", "--vocabulary",
      "\(vocabulary)", "--context", "\(context)", "--batch", "\(batch)", "--dropout", "\(dropout)",
      "--updates", updates.rawValue, "--steps", "\(steps)", "--threads", "\(threads)",
    ]
  }
}

extension FrontierSetup {
  /// The run with a policy.
  func job(_ policy: CheckpointPolicy, cost: CostModel) -> TrainingJob {
    TrainingJob(
      model: model, optimizer: optimizer, policy: policy, cost: cost, length: .steps(steps),
      batch: batch)
  }

  /// How the run's step is compiled.
  func options(_ policy: CheckpointPolicy, cost: CostModel) -> TrainingOptions {
    TrainingOptions(policy: policy, optimizer: optimizer, cost: cost, threads: threads)
  }

  /// GPT-2's other sizes are its published ones.
  var model: ModelSpec {
    .gpt2(
      GPT2Sizes(
        numLayers: blocks, hiddenSize: width, numHeads: heads, vocabularySize: vocabulary,
        contextLength: context, dropout: dropout))
  }

  /// PyTorch's defaults for AdamW but for the learning rate.
  private var optimizer: OptimizerSpec {
    var optimizer = OptimizerSpec.adamw(
      learningRate: 1e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01)
    optimizer.updatesInBackward = updates == .backward
    return optimizer
  }

  /// One batch of random tokens, the same ones every time.
  func data() -> Dataset {
    var random = RandomStream(seed: 2013)
    let tokens = (0...batch * context).map { _ in Int32(random.next(below: vocabulary)) }
    return Dataset(train: .tokens(tokens), validation: .tokens([]))
  }
}
