/// How cross-entropy compares with class indices: PyTorch's `CrossEntropyLoss`.
public struct CrossEntropySpec: Hashable, Sendable, Codable {
  /// The targets that do not count.
  public var ignoreIndex: Int32
  /// The part of a target that is spread over all classes evenly, in [0, 1).
  public var labelSmoothing: Float
  /// How much each class counts; none is 1 for all.
  public var classWeights: [Float]

  /// Creates a comparison; by default every class from 0 counts alike.
  public init(
    ignoreIndex: Int32 = -100, labelSmoothing: Float = 0, classWeights: [Float] = []
  ) {
    self.ignoreIndex = ignoreIndex
    self.labelSmoothing = labelSmoothing
    self.classWeights = classWeights
  }
}
