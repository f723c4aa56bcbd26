/// The data of a training run in memory, split in two.
public struct Dataset: Sendable {
  /// What is trained on.
  public var train: Examples
  /// What is held out; empty if nothing is.
  public var validation: Examples

  /// Creates a data set.
  public init(train: Examples, validation: Examples) {
    self.train = train
    self.validation = validation
  }
}

/// A part of a data set.
public enum Examples: Sendable {
  /// A sequence of tokens; examples are windows of it, targets the tokens one further.
  case tokens([Int32])
  /// Vectors of features, one after another, each with its class.
  case features([Float], width: Int, classes: [Int32])

  /// How many examples there are for windows of `time` tokens.
  func count(time: Int) -> Int {
    switch self {
    // The last target is one token past its window.
    case .tokens(let tokens): max(0, tokens.count - 1) / time
    case .features(_, _, let classes): classes.count
    }
  }
}
