/// y = a + b, value by value; or, accumulating, y continues b.
///
/// Inputs a, b; output y.
///
/// The derivative needs nothing.
public struct Add: OperationRule {
  /// Number of values.
  public var count: Int
  /// Whether y continues b.
  public var accumulates: Bool

  /// The name in reports.
  public var name: String { "add" }
  /// One addition a value.
  public var flops: Int { count }
  /// An accumulated sum continues its second input.
  public var continued: [Continuation] { accumulates ? [Continuation(input: 1, output: 0)] : [] }
  /// y may take a's place, else b's.
  public var replaceable: [Continuation] {
    accumulates ? [] : [Continuation(input: 0, output: 0), Continuation(input: 1, output: 0)]
  }
}

extension Add: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    guard let dy = builder.gradient(of: operation.outputs[0]) else { return }
    builder.pass(dy, to: operation.inputs[0])
    builder.pass(dy, to: operation.inputs[1])
  }
}

/// y = x in bytes of its own.
///
/// Input x, output y.
public struct Copy: OperationRule {
  /// Number of values.
  public var count: Int

  /// The name in reports.
  public var name: String { "copy" }
  /// It only copies.
  public var flops: Int { 0 }
  /// A copy of what nobody reads any more is the thing itself.
  public var replaceable: [Continuation] { [Continuation(input: 0, output: 0)] }
}
