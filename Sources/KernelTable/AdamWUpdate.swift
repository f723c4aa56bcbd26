/// The scalars of one AdamW update, computed in f64 as PyTorch does, then rounded once.
public struct AdamWUpdate: Hashable, Sendable {
  /// What gradients are multiplied by first: clipping, or averaging over accumulated batches.
  public let gradientScale: Float
  /// 1 − learning rate × weight decay.
  public let decay: Float
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
  public init(
    step: Int, learningRate: Double, beta1: Double, beta2: Double, epsilon: Double,
    weightDecay: Double, gradientScale: Float = 1
  ) {
    precondition(step > 0, "AdamW counts steps from 1")
    self.gradientScale = gradientScale
    decay = Float(1 - learningRate * weightDecay)
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
