/// Windows reduced to one row of channels each; images lie with their channels last.
public protocol PoolingKernels: Sendable {
  /// y = the largest value of each channel in each window of one image; NaN wins.
  func maxPool(
    _ x: Floats, _ windows: WindowShape, channels: Int, into y: MutableFloats)

  /// Adds each dy to the first of its window's pixels whose value is y.
  func maxPoolBackward(
    _ dy: Floats, x: Floats, y: Floats, _ windows: WindowShape, channels: Int,
    into dx: MutableFloats)

  /// y = the sum of each window of one image, times `factor`.
  func averagePool(
    _ x: Floats, _ windows: WindowShape, channels: Int, factor: Float, into y: MutableFloats)

  /// Adds dy · factor to each pixel of its window.
  func averagePoolBackward(
    _ dy: Floats, _ windows: WindowShape, channels: Int, factor: Float, into dx: MutableFloats)

  /// y = x · factor.
  func scale(_ x: Floats, by factor: Float, into y: MutableFloats, count: Int)
}
