/// Losses and sums over rows.
public protocol LossKernels: Sendable {
  /// −ln softmax(logits)[target] of one row.
  ///
  /// - Parameters:
  ///   - gradient: gets scale·(softmax − one-hot); may be `logits`. Nil in evaluation, which gives
  ///     the same bits.
  func crossEntropy(
    _ logits: Floats, count: Int, target: Int, scale: Float, gradient: MutableFloats?
  ) -> Float

  /// Σ over classes of share·(−ln softmax(logits)) of one row, for a target that is spread over
  /// all classes.
  ///
  /// - Parameters:
  ///   - gradient: gets scale·(Σ shares·softmax − shares); may be `logits`.
  func crossEntropy(
    _ logits: Floats, count: Int, spread: SpreadTarget, scale: Float, gradient: MutableFloats?
  ) -> Float

  /// How many classes come before the target, largest logit first, of equal ones the first.
  func rank(of target: Int, in logits: Floats, count: Int) -> Int

  /// Σ of the binary cross-entropies of logits x and targets y in f64.
  ///
  /// - Parameters:
  ///   - positiveWeights: what the losses of positive targets are multiplied by.
  ///   - gradient: gets scale · the derivative; may be x.
  func binaryCrossEntropy(
    _ x: Floats, targets y: Floats, positiveWeights: Floats?, count: Int, scale: Float,
    gradient: MutableFloats?
  ) -> Double

  /// Σ (a − b)² in f64.
  func squaredDistance(_ a: Floats, _ b: Floats, count: Int) -> Double

  /// d = factor·(a − b); d may be a or b.
  func scaledDifference(
    _ a: Floats, _ b: Floats, factor: Float, into d: MutableFloats, count: Int)

  /// Σ x² in f64.
  func sumOfSquares(_ x: Floats, count: Int) -> Double
}
