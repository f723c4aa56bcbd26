/// A part of a data set.
public enum Examples: Sendable {
  /// A stream of tokens; examples are windows of it, targets the tokens one further.
  case tokens([Int32])
  /// Rows of tokens, each with its own targets.
  case sequences(SequenceExamples)
  /// Vectors or images, each with its own target.
  case features(FeatureExamples)

  /// Vectors of features in memory, one after another, each with its class.
  public static func features(_ values: [Float], width: Int, classes: [Int32]) -> Examples {
    .features(
      FeatureExamples(
        values: .memory(values), shape: [width], targets: .classes(classes, perExample: 1)))
  }

  /// How many examples there are for windows of `time` tokens.
  func count(time: Int) -> Int {
    switch self {
    // The last target is one token past its window.
    case .tokens(let tokens): max(0, tokens.count - 1) / time
    case .sequences(let sequences): sequences.count
    case .features(let features): features.count
    }
  }
}
