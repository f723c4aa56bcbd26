/// The data of a training run, split in up to three.
public struct Dataset: Sendable {
  /// What is trained on.
  public var train: Examples
  /// What is held out to choose by; empty if nothing is.
  public var validation: Examples
  /// What is held out to the end; empty if nothing is.
  public var test: Examples

  /// Creates a data set.
  public init(train: Examples, validation: Examples, test: Examples = .tokens([])) {
    self.train = train
    self.validation = validation
    self.test = test
  }

  /// A split by its name.
  public subscript(split: TrainingJob.Split) -> Examples {
    switch split {
    case .train: train
    case .validation: validation
    case .test: test
    }
  }
}
