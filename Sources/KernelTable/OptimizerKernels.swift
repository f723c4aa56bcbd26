/// Updates of parameters, in one pass over what they touch.
public protocol OptimizerKernels: Sendable {
  /// Adam and AdamW (Loshchilov & Hutter 2019, algorithm 2) in PyTorch's order of operations.
  func adam(
    _ update: AdamUpdate, parameters: MutableFloats, gradients: Floats, mean: MutableFloats,
    square: MutableFloats, count: Int)

  /// SGD with momentum and weight decay in PyTorch's order; without momentum `velocity` is nil.
  func sgd(
    _ update: SGDUpdate, parameters: MutableFloats, gradients: Floats, velocity: MutableFloats?,
    count: Int)
}
