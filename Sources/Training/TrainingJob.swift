public import Checkpointing
public import ModelGraph

/// A training run as a value: with its data set, all that its numbers depend on.
///
/// It names no file, notebook or store, so that it can run elsewhere.
public struct TrainingJob: Hashable, Sendable {
  /// The model.
  public var model: ModelSpec
  /// The optimizer with its base learning rate.
  public var optimizer: OptimizerSpec
  /// How the learning rate changes.
  public var schedule: LearningRateSchedule
  /// Which values are kept for the backward pass.
  public var policy: CheckpointPolicy
  /// Whether values may wait for the backward pass on disk; nil keeps all in memory.
  public var offload: DiskOffload?
  /// What recomputation is weighed by, for policies that are left to the planner.
  public var cost: CostModel
  /// What activations are stored as.
  public var precision: Precision
  /// Optimizer steps, or passes over the data.
  public var length: Length
  /// Examples in a batch.
  public var batch: Int
  /// Whether a last batch of an epoch that is smaller than the others is left out.
  public var dropsLast: Bool
  /// Batches whose gradients are added up before an update: those that follow each other, through
  /// the ends of epochs; of several sizes, the mean of their means counts.
  public var accumulate: Int
  /// The largest gradient norm that is let through.
  public var clipNorm: Float?
  /// The seed of weights, order and dropout.
  public var seed: Int
  /// Steps between recorded losses; the first and the last are always recorded.
  public var logEvery: Int
  /// Steps between evaluations; nil evaluates never.
  public var evaluateEvery: Int?
  /// What is evaluated on.
  public var evaluationSplit: Split
  /// What evaluations tell besides the loss.
  public var metrics: [EvaluationMetric]
  /// Bytes that the run may reserve.
  public var memoryLimit: Int?
  /// Bytes that the machine has: a plan that needs more is refused, as the system would kill it.
  public var machineMemory: Int?
  /// Whether what is computed again is compared with the first pass, bit for bit.
  public var verifiesReplay: Bool

  /// The loss and the metrics of an evaluation.
  var evaluatedMetrics: EvaluationMetrics { EvaluationMetrics(metrics: metrics) }

  /// A part of a data set.
  public enum Split: String, Hashable, Sendable, CaseIterable {
    case train, validation, test
  }

  /// How long a run is.
  public enum Length: Hashable, Sendable {
    /// Optimizer steps.
    case steps(Int)
    /// Whole passes over the data.
    case epochs(Int)
  }

  /// Creates a job.
  public init(
    model: ModelSpec, optimizer: OptimizerSpec,
    schedule: LearningRateSchedule = .constant(warmup: 0), policy: CheckpointPolicy = .none,
    cost: CostModel = .standard, precision: Precision = .f32, length: Length, batch: Int,
    dropsLast: Bool = true, accumulate: Int = 1,
    clipNorm: Float? = nil, seed: Int = 0,
    logEvery: Int = 1, evaluateEvery: Int? = nil, evaluationSplit: Split = .validation,
    metrics: [EvaluationMetric] = [], memoryLimit: Int? = nil, verifiesReplay: Bool = false,
    offload: DiskOffload? = nil
  ) {
    self.model = model
    self.optimizer = optimizer
    self.schedule = schedule
    self.policy = policy
    self.offload = offload
    self.cost = cost
    self.precision = precision
    self.length = length
    self.batch = batch
    self.dropsLast = dropsLast
    self.accumulate = accumulate
    self.clipNorm = clipNorm
    self.seed = seed
    self.logEvery = logEvery
    self.evaluateEvery = evaluateEvery
    self.evaluationSplit = evaluationSplit
    self.metrics = metrics
    self.memoryLimit = memoryLimit
    self.verifiesReplay = verifiesReplay
  }
}
