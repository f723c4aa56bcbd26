/// Losses and sums over rows.
public protocol LossKernels: Sendable {
  /// −ln softmax(logits)[target] of one row; 0 for a negative target, which is ignored.
  ///
  /// - Parameters:
  ///   - gradient: gets scale·(softmax − one-hot), zeros for an ignored row; may be `logits`. Nil in
  ///     evaluation, which gives the same bits.
  func crossEntropy(
    _ logits: Floats, count: Int, target: Int32, scale: Float, gradient: MutableFloats?
  ) -> Float

  /// Σ (a − b)² in f64.
  func squaredDistance(_ a: Floats, _ b: Floats, count: Int) -> Double

  /// d = factor·(a − b); d may be a or b.
  func scaledDifference(
    _ a: Floats, _ b: Floats, factor: Float, into d: MutableFloats, count: Int)

  /// Σ x² in f64.
  func sumOfSquares(_ x: Floats, count: Int) -> Double
}
