/// y = a·b, value by value.
///
/// Inputs a, b; output y.
///
/// The derivative needs a and b, and is the same operation: da = dy·b and db = dy·a.
public struct Multiply: OperationRule {
  /// Number of values.
  public var count: Int

  /// The name in reports.
  public var name: String { "multiply" }
  /// One product a value.
  public var flops: Int { count }
  /// y may take a's place, else b's.
  public var replaceable: [Continuation] {
    [Continuation(input: 0, output: 0), Continuation(input: 1, output: 0)]
  }
}

extension Multiply: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    guard let dy = builder.gradient(of: operation.outputs[0]) else { return }
    let (a, b) = (operation.inputs[0], operation.inputs[1])
    builder.contributeAfresh(to: a, inputs: [dy, b], .multiply(self))
    builder.contributeAfresh(to: b, inputs: [dy, a], .multiply(self))
  }
}
