/// Loops over elements without neighbours; every output may be one of the inputs.
public protocol ElementwiseKernels: Sendable {
  /// y = a + b.
  func add(_ a: Floats, _ b: Floats, into y: MutableFloats, count: Int)
  /// y = y + each of the rows of x [rows, stride] in turn, in its first `count` columns.
  func addRows(_ x: Floats, rows: Int, stride: Int, into y: MutableFloats, count: Int)
  /// y = a·b.
  func multiply(_ a: Floats, _ b: Floats, into y: MutableFloats, count: Int)
  /// y = e^x; for checks.
  func exponentials(_ x: Floats, into y: MutableFloats, count: Int)
  /// y = erf(x); for checks.
  func errorFunctions(_ x: Floats, into y: MutableFloats, count: Int)
  /// y = ln x for positive normal x; for checks.
  func logarithms(_ x: Floats, into y: MutableFloats, count: Int)
}
