public import KernelTable

/// y = f(x), value by value.
///
/// Input x, output y.
///
/// The derivative of GELU and SiLU needs x; that of ReLU, tanh and the sigmoid needs y alone.
public struct Activation: OperationRule {
  /// f.
  public var function: ActivationFunction
  /// Number of values.
  public var count: Int

  /// The name in reports.
  public var name: String {
    switch function {
    case .geluTanh, .geluExact: "gelu"
    case .relu: "relu"
    case .silu: "silu"
    case .tanh: "tanh"
    case .sigmoid: "sigmoid"
    }
  }

  /// About twenty for a polynomial, one comparison for ReLU.
  public var flops: Int {
    switch function {
    case .geluTanh, .geluExact, .silu, .tanh, .sigmoid: 20 * count
    case .relu: count
    }
  }

  /// y may take x's place.
  public var replaceable: [Continuation] { [Continuation(input: 0, output: 0)] }
}

extension Activation: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    guard let dy = builder.gradient(of: operation.outputs[0]) else { return }
    let x = operation.inputs[0]
    let needed = function.differentiatesOutput ? operation.outputs[0] : x
    builder.contributeAfresh(
      to: x, inputs: [dy, needed], .activationBackward(ActivationBackward(forward: self)))
  }
}

/// dx = dy·f′(x).
///
/// Inputs dy, x or y as the function's derivative needs; output dx.
public struct ActivationBackward: OperationRule {
  /// The function and the size.
  public var forward: Activation

  /// The name in reports.
  public var name: String { forward.name }
  /// About as many as forward.
  public var flops: Int { forward.flops }
  /// dx may take dy's place.
  public var replaceable: [Continuation] { [Continuation(input: 0, output: 0)] }
}
