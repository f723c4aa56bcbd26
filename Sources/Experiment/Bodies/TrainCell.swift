public import Checkpointing
public import ModelGraph

/// A training run as a person declares it; references are cell identifiers.
public struct TrainCell: Hashable, Sendable {
  /// The model cell.
  public var model: String
  /// The data cell.
  public var data: String
  /// How long it trains.
  public var duration: Duration
  /// Examples of one forward and backward pass.
  public var batch: Int
  /// Whether a last batch of an epoch that is smaller than the others is left out.
  public var dropLast: Bool
  /// Passes whose gradients are averaged into one step.
  public var accumulate: Int
  /// The seed of initial weights, dropout and the order of examples.
  public var seed: Int
  /// The optimizer and its base learning rate.
  public var optimizer: OptimizerSpec
  /// How the learning rate changes.
  public var schedule: LearningRateSchedule
  /// The largest norm of all gradients together; nil leaves them as they are.
  public var clipNorm: Float?
  /// What is kept for the backward pass.
  public var checkpoint: CheckpointPolicy
  /// Whether what is kept may wait on disk; nil keeps it in memory.
  public var offload: DiskOffload?
  /// What recomputation is weighed by, where the planner decides what is kept.
  public var cost: CostSource
  /// What activations are stored as.
  public var precision: Precision
  /// The bytes that a plan may reserve; nil leaves it to the notebook's `Settings.memoryLimit`.
  public var memoryLimit: Int?
  /// Steps between two recorded losses.
  public var logEvery: Int
  /// When and on what the model is evaluated; nil never.
  public var evaluation: Evaluation?
  /// Whether what is computed again is compared with the first pass, bit for bit.
  public var verifiesReplay: Bool
  /// The folder, from the project's, that the trained model is written to; nil writes none.
  public var save: String?

  /// Creates a training run.
  public init(
    model: String, data: String, duration: Duration, batch: Int, dropLast: Bool = true,
    accumulate: Int = 1, seed: Int = 0, optimizer: OptimizerSpec,
    schedule: LearningRateSchedule = .constant(warmup: 0),
    clipNorm: Float? = nil, checkpoint: CheckpointPolicy = .none, offload: DiskOffload? = nil,
    cost: CostSource = .model,
    precision: Precision = .f32, memoryLimit: Int? = nil,
    logEvery: Int = 1, evaluation: Evaluation? = nil, verifiesReplay: Bool = false,
    save: String? = nil
  ) {
    self.model = model
    self.data = data
    self.duration = duration
    self.batch = batch
    self.dropLast = dropLast
    self.accumulate = accumulate
    self.seed = seed
    self.optimizer = optimizer
    self.schedule = schedule
    self.clipNorm = clipNorm
    self.checkpoint = checkpoint
    self.offload = offload
    self.cost = cost
    self.precision = precision
    self.memoryLimit = memoryLimit
    self.logEvery = logEvery
    self.evaluation = evaluation
    self.verifiesReplay = verifiesReplay
    self.save = save
  }

  /// Whether the plan depends on what operations take on this machine.
  public var needsMeasuredCosts: Bool { cost == .measured && checkpoint.isPlanned }

  /// How long a run trains.
  public enum Duration: Hashable, Sendable {
    /// Optimizer steps.
    case steps(Int)
    /// Passes over the training split.
    case epochs(Int)
  }

  /// When and on what a model is evaluated.
  public struct Evaluation: Hashable, Sendable {
    /// Steps between two evaluations; the last step is always evaluated.
    public var every: Int
    /// `validation`, `test` or `train`.
    public var split: Split
    /// What is told besides the loss.
    public var metrics: [EvaluationMetric]

    /// Creates an evaluation.
    public init(every: Int, split: Split, metrics: [EvaluationMetric] = []) {
      self.every = every
      self.split = split
      self.metrics = metrics
    }
  }

  /// A part of a data set.
  public enum Split: String, Hashable, Sendable, CaseIterable {
    case train, validation, test
  }
}
