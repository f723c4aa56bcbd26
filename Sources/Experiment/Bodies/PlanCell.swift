public import Checkpointing
public import ModelGraph

/// A training setup whose memory is predicted without running it.
public struct PlanCell: Hashable, Sendable {
  /// The model cell.
  public var model: String
  /// The data cell; nil where the model's own input sizes are enough.
  public var data: String?
  /// Examples of one forward and backward pass.
  public var batch: Int
  /// Forward and backward passes of a step, whose gradients add up.
  public var accumulate: Int
  /// The norm that gradients are clipped to, for which all of them have to be there; nil clips none.
  public var clipNorm: Float?
  /// The optimizer, whose state takes memory.
  public var optimizer: OptimizerSpec
  /// The policies to predict, in the order of the rows.
  public var policies: [CheckpointPolicy]
  /// Whether values may wait for the backward pass on disk; nil keeps all in memory.
  public var offload: DiskOffload?
  /// What recomputation is weighed by, where the planner decides what is kept.
  public var cost: CostSource
  /// What activations are stored as.
  public var precision: Precision
  /// The bytes that a plan may reserve; nil leaves it to the notebook's `Settings.memoryLimit`.
  public var memoryLimit: Int?

  /// Creates a training setup.
  public init(
    model: String, data: String? = nil, batch: Int, accumulate: Int = 1, clipNorm: Float? = nil,
    optimizer: OptimizerSpec,
    policies: [CheckpointPolicy], offload: DiskOffload? = nil, cost: CostSource = .model,
    precision: Precision = .f32,
    memoryLimit: Int? = nil
  ) {
    self.model = model
    self.data = data
    self.batch = batch
    self.accumulate = accumulate
    self.clipNorm = clipNorm
    self.optimizer = optimizer
    self.policies = policies
    self.offload = offload
    self.cost = cost
    self.precision = precision
    self.memoryLimit = memoryLimit
  }
}
