/// y = m·x/(1 − p) with a mask m that is 0 with probability p.
///
/// Srivastava et al. 2014, section 4.
///
/// Input x, output y. The mask is a function of seed, step and the operation's stream number
/// (Philox: Salmon et al. 2011), so nothing is kept for the derivative and a recomputation draws the
/// same mask. The derivative is the same operation on dy.
public struct Dropout: OperationRule {
  /// p.
  public var probability: Float
  /// Number of values.
  public var count: Int

  /// The name in reports.
  public var name: String { "dropout" }
  /// Ten rounds of Philox make four values.
  public var flops: Int { 12 * count }
  /// y may take x's place.
  public var replaceable: [Continuation] { [Continuation(input: 0, output: 0)] }
}

extension Dropout: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    guard let dy = builder.gradient(of: operation.outputs[0]) else { return }
    builder.contributeAfresh(to: operation.inputs[0], inputs: [dy], .dropout(self))
  }
}
