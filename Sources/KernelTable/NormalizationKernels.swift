/// Layer norm over rows: x̂ = (x − mean)·rstd, y = γx̂ + β, with stats = [rows, 2] of mean and rstd.
public protocol NormalizationKernels: Sendable {
  /// Writes y and stats; the variance is the mean of squared deviations. y may be x.
  func layerNorm(
    _ x: Floats, gamma: Floats, beta: Floats, epsilon: Float, into y: MutableFloats,
    stats: MutableFloats, rows: Int, width: Int)

  /// Writes or adds to dx, and adds the rows' gradients to `gammaGradient` and `betaGradient`.
  ///
  /// dx = rstd·(g − mean(g) − x̂·mean(g·x̂)) with g = γ·dy. dx may be dy.
  func layerNormBackward(
    _ dy: Floats, x: Floats, gamma: Floats, stats: Floats, into dx: MutableFloats,
    accumulate: Bool, gammaGradient: MutableFloats, betaGradient: MutableFloats, rows: Int,
    width: Int)

  /// y = γx·rstd over rows, with stats = [rows] of rstd = 1/√(mean x² + ε). y may be x.
  func rmsNorm(
    _ x: Floats, gamma: Floats, epsilon: Float, into y: MutableFloats, stats: MutableFloats,
    rows: Int, width: Int)

  /// Writes or adds to dx, and adds the rows' gradients to `gammaGradient`.
  ///
  /// dx = rstd·(g − x̂·mean(g·x̂)) with x̂ = x·rstd and g = γ·dy. dx may be dy.
  func rmsNormBackward(
    _ dy: Floats, x: Floats, gamma: Floats, stats: Floats, into dx: MutableFloats,
    accumulate: Bool, gammaGradient: MutableFloats, rows: Int, width: Int)
}
