/// What an evaluation was of; its metrics are the record's, with one point each.
public struct EvaluationSummary: Codable, Sendable, Equatable {
  /// The split.
  public var split: String
  /// Examples that were read.
  public var examples: Int
  /// Targets that count.
  public var targets: Int
  /// The names of the metrics in order, the loss first.
  public var metrics: [String]

  /// Creates a summary.
  public init(split: String, examples: Int, targets: Int, metrics: [String]) {
    self.split = split
    self.examples = examples
    self.targets = targets
    self.metrics = metrics
  }
}
