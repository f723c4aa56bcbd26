/// What an evaluation can tell besides its loss.
public enum EvaluationMetric: Hashable, Sendable {
  /// The part of the targets that is the most likely class, or on its side of 0.
  case accuracy
  /// The part of the targets that is among the k most likely classes.
  case topK(Int)
  /// e to the power of the mean cross-entropy.
  case perplexity

  /// The name of its series, such as `top_5`.
  public var name: String {
    switch self {
    case .accuracy: "accuracy"
    case .topK(let k): "top_\(k)"
    case .perplexity: "perplexity"
    }
  }

  /// Whether a loss has what the metric is made of.
  public func suits(_ loss: LossSpec) -> Bool {
    switch (self, loss) {
    // Smoothed or weighted, the mean is no cross-entropy of the classes any more.
    case (.perplexity, .crossEntropy(let comparison)):
      comparison.labelSmoothing == 0 && comparison.classWeights.isEmpty
    case (_, .crossEntropy), (.accuracy, .binaryCrossEntropy): true
    case (_, .binaryCrossEntropy), (_, .meanSquaredError): false
    }
  }

  /// The k of those that count targets among the k most likely classes.
  public var hits: Int? {
    switch self {
    case .accuracy: 1
    case .topK(let k): k
    case .perplexity: nil
    }
  }
}
