/// The scalars of one SGD update: d = g + weightDecay·w, v ← momentum·v + d, w ← w − learningRate·v;
/// with Nesterov's look ahead w ← w − learningRate·(d + momentum·v).
public struct SGDUpdate: Hashable, Sendable {
  /// What gradients are multiplied by first.
  public let gradientScale: Float
  /// The learning rate.
  public let learningRate: Float
  /// μ; 0 needs no velocity.
  public let momentum: Float
  /// λ.
  public let weightDecay: Float
  /// Whether the step looks ahead (Sutskever and others 2013, section 2.1).
  public let isNesterov: Bool

  /// Creates the scalars of a step.
  public init(
    learningRate: Float, momentum: Float = 0, weightDecay: Float = 0,
    isNesterov: Bool = false, gradientScale: Float = 1
  ) {
    self.gradientScale = gradientScale
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.isNesterov = isNesterov
  }
}
