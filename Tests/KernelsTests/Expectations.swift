import TestSupport
import Testing

/// Expects each value within `tolerance` of its oracle, relative to the oracle's largest value.
func expectClose(
  _ actual: [Float], _ expected: [Double], tolerance: Double,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(actual.count == expected.count, sourceLocation: sourceLocation)
  let scale = max(1e-30, expected.map(\.magnitude).max() ?? 0)
  var (worst, place) = (0.0, 0)
  for (index, (a, e)) in zip(actual, expected).enumerated() {
    let error = (Double(a) - e).magnitude / scale
    if !(error <= worst) { (worst, place) = (error, index) }
  }
  #expect(
    worst <= tolerance, "relative error \(worst) at \(place)", sourceLocation: sourceLocation)
}

/// Expects a gradient to be that of `f`, by central differences in random directions.
///
/// `f` computes in f64, so that the difference quotient is good to nine digits and the tolerance
/// measures the gradient's own f32 rounding.
func expectGradient(
  _ gradient: [Float], at point: [Float], seed: UInt64, tolerance: Double = 2e-5,
  sourceLocation: SourceLocation = #_sourceLocation, of f: ([Double]) -> Double
) {
  var random = RepeatableGenerator(seed: seed)
  let norm = gradient.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
  let step = 1e-5
  for _ in 0..<3 {
    let direction = random.values(point.count).map(Double.init)
    let forward = f(zip(point, direction).map { Double($0) + step * $1 })
    let backward = f(zip(point, direction).map { Double($0) - step * $1 })
    let slope = (forward - backward) / (2 * step)
    let projection = zip(gradient, direction).reduce(0.0) { $0 + Double($1.0) * $1.1 }
    let error = (slope - projection).magnitude / max(norm, 1e-12)
    #expect(
      error <= tolerance, "slope \(slope), gradient \(projection), seed \(seed)",
      sourceLocation: sourceLocation)
  }
}

/// Σ a·b.
func dot(_ a: [Double], _ b: [Float]) -> Double {
  zip(a, b).reduce(0.0) { $0 + $1.0 * Double($1.1) }
}
