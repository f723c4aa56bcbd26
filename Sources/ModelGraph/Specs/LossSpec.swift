/// What training can minimise; a mean over the targets that count in a batch, as PyTorch's.
///
/// Gradients that are accumulated over several batches are those of the mean of the batches' means.
public enum LossSpec: Hashable, Sendable, Codable {
  /// Softmax cross-entropy against class indices.
  case crossEntropy(CrossEntropySpec)
  /// Binary cross-entropy of logits against a 0 or 1 for each output.
  ///
  /// Positive targets' losses are multiplied by a weight: one for each output, or one for all; none
  /// is 1.
  case binaryCrossEntropy(positiveWeights: [Float])
  /// Mean squared error, averaged over elements.
  case meanSquaredError

  /// Cross-entropy in which all classes weigh the same.
  public static var crossEntropy: LossSpec { .crossEntropy(CrossEntropySpec()) }
  /// Binary cross-entropy in which positive targets weigh as much as others.
  public static var binaryCrossEntropy: LossSpec { .binaryCrossEntropy(positiveWeights: []) }

  /// The name in notebooks.
  public var name: String {
    switch self {
    case .crossEntropy: "cross_entropy"
    case .binaryCrossEntropy: "bce"
    case .meanSquaredError: "mse"
    }
  }

  /// The names in notebooks.
  public static let names = ["cross_entropy", "bce", "mse"]

  /// Whether targets are class indices, one a row; else they are numbers, one for each output.
  public var comparesClasses: Bool {
    if case .crossEntropy = self { return true }
    return false
  }

  /// The class whose targets do not count; nil where all do.
  public var ignoredIndex: Int32? {
    guard case .crossEntropy(let comparison) = self else { return nil }
    return comparison.ignoreIndex
  }
}
