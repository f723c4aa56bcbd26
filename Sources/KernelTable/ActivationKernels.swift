/// Functions of one value and their gradients; every output may be one of the inputs.
public protocol ActivationKernels: Sendable {
  /// y = f(x).
  func activation(
    _ function: ActivationFunction, _ x: Floats, into y: MutableFloats, count: Int)
  /// dx = dy · f′(x), computed from x, or from y where the function `differentiatesOutput`.
  func activationBackward(
    _ function: ActivationFunction, _ dy: Floats, _ needed: Floats, into dx: MutableFloats,
    count: Int)
}
