public import ModelGraph

/// Metrics of a trained cell on a split.
public struct EvalCell: Hashable, Sendable {
  /// The train cell.
  public var train: String
  /// The data cell; nil takes that of the training.
  public var data: String?
  /// What is evaluated on.
  public var split: TrainCell.Split
  /// Examples of a batch; nil takes that of the training.
  public var batch: Int?
  /// What is told besides the loss.
  public var metrics: [EvaluationMetric]

  /// Creates an evaluation.
  public init(
    train: String, data: String? = nil, split: TrainCell.Split = .validation, batch: Int? = nil,
    metrics: [EvaluationMetric] = []
  ) {
    self.train = train
    self.data = data
    self.split = split
    self.batch = batch
    self.metrics = metrics
  }
}
