/// A target that gives every class a share: its weight times `uniform`, and one `confidence` more.
///
/// Label smoothing: Szegedy et al. 2016, section 7.
public struct SpreadTarget {
  /// The class that the target names.
  public var index: Int
  /// What that class gets more than the others.
  public var confidence: Float
  /// What each class gets, times its weight.
  public var uniform: Float
  /// The weights of the classes; nil where all weigh 1.
  public var weights: Floats?
  /// The sum of the weights.
  public var weightSum: Float

  /// Creates a target.
  public init(
    index: Int, confidence: Float, uniform: Float, weights: Floats?, weightSum: Float
  ) {
    self.index = index
    self.confidence = confidence
    self.uniform = uniform
    self.weights = weights
    self.weightSum = weightSum
  }

  /// The sum of all shares.
  public var total: Float { confidence + uniform * weightSum }
}
