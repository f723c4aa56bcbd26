/// The scalars of one Adam or AdamW update, computed in f64 as PyTorch does, then rounded once.
public struct AdamUpdate: Hashable, Sendable {
  /// What gradients are multiplied by first: clipping, or averaging over accumulated batches.
  public let gradientScale: Float
  /// 1 − learning rate × weight decay, where decay is decoupled; else 1.
  public let decay: Float
  /// λ of what is added to gradients, where decay is part of the loss; else 0.
  public let penalty: Float
  /// 1 − β₁.
  public let meanWeight: Float
  /// β₂.
  public let squareDecay: Float
  /// 1 − β₂.
  public let squareWeight: Float
  /// −learning rate ÷ (1 − β₁^step).
  public let negativeStepSize: Float
  /// √(1 − β₂^step).
  public let squareCorrection: Float
  /// ε.
  public let epsilon: Float

  /// Computes the scalars of a step, counted from 1.
  ///
  /// - Parameter isDecoupled: whether weights decay by themselves, as in AdamW, or through their
  ///   gradients, as in Adam.
  public init(
    step: Int, learningRate: Double, beta1: Double, beta2: Double, epsilon: Double,
    weightDecay: Double, isDecoupled: Bool = true, gradientScale: Float = 1
  ) {
    precondition(step > 0, "Adam counts steps from 1")
    self.gradientScale = gradientScale
    decay = isDecoupled ? Float(1 - learningRate * weightDecay) : 1
    penalty = isDecoupled ? 0 : Float(weightDecay)
    meanWeight = Float(1 - beta1)
    squareDecay = Float(beta2)
    squareWeight = Float(1 - beta2)
    negativeStepSize = Float(-learningRate / (1 - Self.power(beta1, step)))
    squareCorrection = Float((1 - Self.power(beta2, step)).squareRoot())
    self.epsilon = Float(epsilon)
  }

  /// base^exponent by squaring: the same bits on every machine, unlike libm's.
  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, rest) = (1.0, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}
