/// Functions of one value and their gradients; every output may be one of the inputs.
public protocol ActivationKernels: Sendable {
  /// y = σ(x) = 1/(1 + e^−x).
  func sigmoid(_ x: Floats, into y: MutableFloats, count: Int)
  /// dx = dy · y(1 − y) with the forward pass's y.
  func sigmoidBackward(_ dy: Floats, _ y: Floats, into dx: MutableFloats, count: Int)
  /// y = tanh x.
  func tanh(_ x: Floats, into y: MutableFloats, count: Int)
  /// dx = dy · (1 − y²) with the forward pass's y.
  func tanhBackward(_ dy: Floats, _ y: Floats, into dx: MutableFloats, count: Int)
  /// y = x·σ(x).
  func silu(_ x: Floats, into y: MutableFloats, count: Int)
  /// dx = dy · σ(x)(1 + x(1 − σ(x))).
  func siluBackward(_ dy: Floats, _ x: Floats, into dx: MutableFloats, count: Int)
  /// y = a·b.
  func multiply(_ a: Floats, _ b: Floats, into y: MutableFloats, count: Int)
}
