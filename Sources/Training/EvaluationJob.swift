import Checkpointing
import KernelTable
public import Kernels
public import ModelGraph

/// An evaluation of a trained model on a split of a data set.
public struct EvaluationJob: Hashable, Sendable {
  /// The model.
  public var model: ModelSpec
  /// What activations are stored as.
  public var precision: Precision
  /// What is evaluated on.
  public var split: TrainingJob.Split
  /// Examples of a batch.
  public var batch: Int
  /// What is told besides the loss.
  public var metrics: [EvaluationMetric]
  /// What may be reserved.
  public var bounds = MemoryBounds()

  /// Creates an evaluation.
  public init(
    model: ModelSpec, precision: Precision = .f32, split: TrainingJob.Split, batch: Int,
    metrics: [EvaluationMetric] = []
  ) {
    self.model = model
    self.precision = precision
    self.split = split
    self.batch = batch
    self.metrics = metrics
  }

  /// What an evaluation measured.
  public struct Outcome: Hashable, Sendable {
    /// The loss, then the metrics in their order.
    public var values: [Value]
    /// Examples that were read.
    public var examples: Int
    /// Targets that count.
    public var targets: Int

    /// A named number.
    public struct Value: Hashable, Sendable {
      /// Such as `accuracy`.
      public var name: String
      /// The number.
      public var value: Double
    }
  }

  /// Runs the evaluation.
  ///
  /// - Throws: `TrainingFault`.
  public func run(
    on data: Dataset, weights: SavedWeights, kernels: Kernels
  ) throws(TrainingFault) -> Outcome {
    let metrics = EvaluationMetrics(metrics: metrics)
    try fittingJob.checkFit(of: data)
    let examples = data[split]
    let count = examples.count(time: time)
    guard count > 0 else { throw .tooFewExamples(have: 0, need: 1, split: split.rawValue) }
    let batch = min(batch, count)
    let program = try program(
      batch: batch, hits: metrics.hits, threads: kernels.threads)
    try bounds.check(program.reservedBytes)
    let arena = try Arena(byteCounts: program.regionBytes)
    try weights.read(into: arena.bytes(of: .parameters))
    let executor = Executor(program, arena: arena, kernels: kernels)
    let sums = try executor.sums(
      over: BatchLoader(examples: examples, program: program, batch: batch, loss: model.loss))
    guard sums.count > 0 else { throw .nothingCounts(split: split.rawValue) }
    guard sums.loss.isFinite else { throw .evaluationNotFinite(split: split.rawValue) }
    let values = metrics.values(of: sums).map { Outcome.Value(name: $0.name, value: $0.value) }
    return Outcome(values: values, examples: count, targets: sums.count)
  }

  /// Positions of an example that is a sequence, else 1.
  private var time: Int {
    if case .tokens(let tokens) = model.input { tokens.contextLength } else { 1 }
  }

  private func program(
    batch: Int, hits: [Int], threads: Int
  ) throws(TrainingFault) -> Program {
    do throws(ModelFault) {
      let graph = try Graph(
        lowering: model, batch: batch, training: false, precision: precision)
      return Program(evaluating: graph, hits: hits, threads: threads)
    } catch {
      throw .model(error)
    }
  }

  /// A training job of the same model, which knows what data suits it.
  private var fittingJob: TrainingJob {
    TrainingJob(
      model: model, optimizer: .sgd(learningRate: 0, momentum: 0, weightDecay: 0),
      length: .steps(1), batch: batch)
  }
}
