/// y = the columns of a, then those of b: a is [rows, first], b [rows, second].
///
/// Inputs a, b; output y [rows, first + second]. The derivative needs nothing.
public struct Concatenation: OperationRule {
  /// Rows of all three.
  public var rows: Int
  /// Columns of a.
  public var first: Int
  /// Columns of b.
  public var second: Int

  /// The name in reports.
  public var name: String { "concat" }
  /// It only copies.
  public var flops: Int { 0 }
  /// Columns of y.
  public var width: Int { first + second }
}

extension Concatenation: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    guard let dy = builder.gradient(of: operation.outputs[0]) else { return }
    for (index, width) in [first, second].enumerated() {
      builder.contribute(to: operation.inputs[index], inputs: [dy]) {
        .concatenationBackward(
          ConcatenationBackward(
            rows: rows, width: width, stride: self.width, offset: index * first, accumulates: $0))
      }
    }
  }
}

/// The columns of dy that belong to one of the parts, added to an earlier contribution if there is one.
///
/// Inputs dy [rows, stride] (, dx); output dx [rows, width].
public struct ConcatenationBackward: OperationRule {
  /// Rows of both.
  public var rows: Int
  /// Columns of dx.
  public var width: Int
  /// Columns of dy.
  public var stride: Int
  /// The first column of dy.
  public var offset: Int
  /// Whether the last input is added to.
  public var accumulates: Bool

  /// The name in reports.
  public var name: String { "concat" }
  /// It copies, or adds.
  public var flops: Int { accumulates ? rows * width : 0 }
  /// The earlier contribution is continued.
  public var continued: [Continuation] { accumulates ? [Continuation(input: 1, output: 0)] : [] }
}
