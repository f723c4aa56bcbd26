import ArgumentParser
import Checkpointing
import KernelTable
import ModelGraph
import Training

/// A training step that both sides run; `pytorch/train.py` states the same numbers.
enum Workload: String, ExpressibleByArgument, CaseIterable {
  case gpt2
  case gpt2BF16 = "gpt2-bf16"
  case bert
  case residual

  /// The name of a group of rows in the report.
  var title: String {
    switch self {
    case .gpt2: "GPT-2 124M"
    case .gpt2BF16: "GPT-2 124M, bf16"
    case .bert: "BERT-base"
    case .residual: "16 residual blocks"
    }
  }

  /// One line for the report.
  var summary: String {
    switch self {
    case .gpt2: "\(gpt2Summary), f32, no dropout"
    case .gpt2BF16: "\(gpt2Summary), no dropout; activations in bf16 (PyTorch: `autocast`)"
    case .bert:
      "batch \(batch) × \(Self.bertSizes.contextLength) random tokens of random lengths, padding mask, "
        + "f32, dropout 0.1, classification of 2 classes"
    case .residual:
      "batch \(batch) of random images 32 × 32, 64 channels, two 3 × 3 convolutions with batch norm "
        + "a block, f32"
    }
  }

  private var gpt2Summary: String {
    "batch \(batch) × \(Self.gpt2Sizes.contextLength) random tokens"
  }

  /// Examples a step.
  var batch: Int {
    switch self {
    case .gpt2, .gpt2BF16: 4
    case .bert: 8
    case .residual: 64
    }
  }

  /// nbrun's run, with updates within the backward pass as a notebook has them by default.
  func job(policy: CheckpointPolicy, steps: Int) -> TrainingJob {
    var optimizer = Self.optimizer
    optimizer.updatesInBackward = true
    return TrainingJob(
      model: model, optimizer: optimizer, policy: policy,
      precision: self == .gpt2BF16 ? .bf16 : .f32, length: .steps(steps), batch: batch)
  }

  /// GPT-2's published sizes but for the context.
  private static let gpt2Sizes = GPT2Sizes(contextLength: 512, dropout: 0)
  /// BERT's published sizes but for the context.
  private static let bertSizes = BERTSizes(contextLength: 128)
  /// PyTorch's defaults for AdamW but for the learning rate.
  private static let optimizer = OptimizerSpec.adamw(
    learningRate: 1e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01)

  private var model: ModelSpec {
    switch self {
    case .gpt2, .gpt2BF16: .gpt2(Self.gpt2Sizes)
    case .bert: .bert(Self.bertSizes)
    case .residual: Self.residualStack
    }
  }
}

extension Workload {
  /// Convolution, norm, ReLU, convolution, norm, beside a skip, and a ReLU: sixteen times.
  private static var residualStack: ModelSpec {
    let convolution = LayerSpec(
      .convolution(
        ConvolutionSpec(
          outChannels: 64, kernel: PlaneSize(3), padding: PlaneSize(1), bias: false)))
    let norm = LayerSpec(.batchNorm(BatchNormSpec()))
    let relu = LayerSpec(.relu)
    let block = [LayerSpec(.residual([convolution, norm, relu, convolution, norm])), relu]
    return ModelSpec(
      input: .image(height: 32, width: 32, channels: 3),
      layers: [
        convolution, LayerSpec(.repeat(times: 16, layers: block), name: "block"),
        LayerSpec(.globalAveragePool), LayerSpec(.linear(LinearSpec(outFeatures: 10))),
      ], loss: .crossEntropy)
  }

  /// One batch of random examples, the same ones every time.
  func data() -> Dataset {
    var random = RandomStream(seed: 2013)
    func tokens(_ count: Int, below bound: Int) -> [Int32] {
      (0..<count).map { _ in Int32(random.next(below: bound)) }
    }
    switch self {
    case .gpt2, .gpt2BF16:
      let sizes = Self.gpt2Sizes
      let stream = tokens(batch * sizes.contextLength + 1, below: sizes.vocabularySize)
      return Dataset(train: .tokens(stream), validation: .tokens([]))
    case .bert:
      let (length, vocabulary) = (Self.bertSizes.contextLength, Self.bertSizes.vocabularySize)
      let rows = SequenceExamples(
        length: length, tokens: tokens(batch * length, below: vocabulary),
        lengths: (0..<batch).map { _ in Int32(length / 2 + random.next(below: length / 2)) },
        targets: .classes(tokens(batch, below: 2), perExample: 1))
      return Dataset(train: .sequences(rows), validation: .tokens([]))
    case .residual:
      let pixels = (0..<batch * 32 * 32 * 3).map { _ in Float(random.uniform()) }
      let images = FeatureExamples(
        values: .memory(pixels), shape: [32, 32, 3],
        targets: .classes(tokens(batch, below: 10), perExample: 1))
      return Dataset(train: .features(images), validation: .tokens([]))
    }
  }
}
