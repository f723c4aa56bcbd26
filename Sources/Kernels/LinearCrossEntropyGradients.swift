public import KernelTable

/// Where the fused projection and loss puts its gradients; those that nobody needs are nil.
public struct LinearCrossEntropyGradients {
  /// By the hidden rows [rows, width]; written.
  public var hidden: MutableFloats?
  /// By the weight [vocabulary, width].
  public var weight: MutableFloats?
  /// By the bias [vocabulary], if there is one.
  public var bias: MutableFloats?
  /// Whether those by weight and bias are added to what is there.
  public var accumulate: Bool

  /// Creates the destinations.
  public init(
    hidden: MutableFloats?, weight: MutableFloats?, bias: MutableFloats? = nil, accumulate: Bool
  ) {
    self.hidden = hidden
    self.weight = weight
    self.bias = bias
    self.accumulate = accumulate
  }
}
