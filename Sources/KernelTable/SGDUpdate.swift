/// The scalars of one SGD update: v ← momentum·v + (g + weightDecay·w), w ← w − learningRate·v.
public struct SGDUpdate: Hashable, Sendable {
  /// What gradients are multiplied by first.
  public let gradientScale: Float
  /// The learning rate.
  public let learningRate: Float
  /// μ; 0 needs no velocity.
  public let momentum: Float
  /// λ.
  public let weightDecay: Float

  /// Creates the scalars of a step.
  public init(
    learningRate: Float, momentum: Float = 0, weightDecay: Float = 0, gradientScale: Float = 1
  ) {
    self.gradientScale = gradientScale
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
  }
}
