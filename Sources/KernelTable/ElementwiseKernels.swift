/// Loops over elements without neighbours; every output may be one of the inputs.
public protocol ElementwiseKernels: Sendable {
  /// y = a + b.
  func add(_ a: Floats, _ b: Floats, into y: MutableFloats, count: Int)
  /// y = y + each of the rows of x [rows, stride] in turn, in its first `count` columns.
  func addRows(_ x: Floats, rows: Int, stride: Int, into y: MutableFloats, count: Int)
  /// y = x·σ(2u) = 0.5x(1 + tanh u) with u = √(2/π)(x + 0.044715x³).
  func geluTanh(_ x: Floats, into y: MutableFloats, count: Int)
  /// dx = dy · d geluTanh(x)/dx.
  func geluTanhBackward(_ dy: Floats, _ x: Floats, into dx: MutableFloats, count: Int)
  /// y = x·Φ(x) = 0.5x(1 + erf(x/√2)).
  func geluExact(_ x: Floats, into y: MutableFloats, count: Int)
  /// dx = dy · d geluExact(x)/dx.
  func geluExactBackward(_ dy: Floats, _ x: Floats, into dx: MutableFloats, count: Int)
  /// y = max(x, 0); NaN stays NaN.
  func relu(_ x: Floats, into y: MutableFloats, count: Int)
  /// dx = dy where y > 0, else 0.
  func reluBackward(_ dy: Floats, _ y: Floats, into dx: MutableFloats, count: Int)
  /// y = e^x; for checks.
  func exponentials(_ x: Floats, into y: MutableFloats, count: Int)
  /// y = erf(x); for checks.
  func errorFunctions(_ x: Floats, into y: MutableFloats, count: Int)
  /// y = ln x for positive normal x; for checks.
  func logarithms(_ x: Floats, into y: MutableFloats, count: Int)
}
