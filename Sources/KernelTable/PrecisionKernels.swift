/// Conversions between f32 and bf16, the upper half of an f32.
public protocol PrecisionKernels: Sendable {
  /// y = x, exactly.
  func widen(_ x: UnsafePointer<UInt16>, into y: MutableFloats, count: Int)
  /// y = x, rounded to the nearest bf16, ties to even; a NaN stays one.
  func round(_ x: Floats, into y: UnsafeMutablePointer<UInt16>, count: Int)
}
