/// y[b] = x[b, 0]: x is [batch × time, width], y [batch, width].
///
/// Input x, output y. The derivative needs nothing.
public struct FirstToken: OperationRule {
  /// Sequences.
  public var batch: Int
  /// Positions of each.
  public var time: Int
  /// Features.
  public var width: Int

  /// The name in reports.
  public var name: String { "first_token" }
  /// It only copies.
  public var flops: Int { 0 }
}

extension FirstToken: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    guard let dy = builder.gradient(of: operation.outputs[0]) else { return }
    builder.contribute(to: operation.inputs[0], inputs: [dy]) {
      .firstTokenBackward(FirstTokenBackward(forward: self, accumulates: $0))
    }
  }
}

/// dx[b, 0] = dy[b], and 0 at other positions.
///
/// Inputs dy (, dx); output dx.
public struct FirstTokenBackward: OperationRule {
  /// The sizes.
  public var forward: FirstToken
  /// Whether the last input is added to.
  public var accumulates: Bool

  /// The name in reports.
  public var name: String { "first_token" }
  /// One addition a value.
  public var flops: Int { forward.batch * forward.width }
  /// The earlier contribution is continued.
  public var continued: [Continuation] { accumulates ? [Continuation(input: 1, output: 0)] : [] }
}
