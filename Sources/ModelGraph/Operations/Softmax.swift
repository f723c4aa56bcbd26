/// y = exp x / Σ exp x over each row: x and y are [rows, width].
///
/// Input x, output y. The derivative needs y.
public struct Softmax: OperationRule {
  /// Rows of x.
  public var rows: Int
  /// Columns of x.
  public var width: Int

  /// The name in reports.
  public var name: String { "softmax" }
  /// The exponential's polynomial, a maximum and a sum.
  public var flops: Int { 20 * rows * width }
  /// y may take x's place.
  public var replaceable: [Continuation] { [Continuation(input: 0, output: 0)] }
}

extension Softmax: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    guard let dy = builder.gradient(of: operation.outputs[0]) else { return }
    builder.contributeAfresh(
      to: operation.inputs[0], inputs: [dy, operation.outputs[0]],
      .softmaxBackward(SoftmaxBackward(forward: self)))
  }
}

/// dx = y·(dy − Σ dy·y) over each row.
///
/// Inputs dy, y; output dx.
public struct SoftmaxBackward: OperationRule {
  /// The sizes.
  public var forward: Softmax

  /// The name in reports.
  public var name: String { "softmax" }
  /// A product of rows and the result.
  public var flops: Int { 4 * forward.rows * forward.width }
  /// dx may take dy's place.
  public var replaceable: [Continuation] { [Continuation(input: 0, output: 0)] }
}
