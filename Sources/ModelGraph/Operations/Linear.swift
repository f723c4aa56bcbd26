import KernelTable

/// y = xWᵀ + b + r: x is [rows, in], W [out, in], b [out], r and y [rows, out].
///
/// Inputs x, W, then b, r and the padding mask where they exist; output y. The derivative needs x and W.
public struct Linear: OperationRule {
  /// Rows of x.
  public var rows: Int
  /// Columns of x.
  public var inFeatures: Int
  /// Columns of y.
  public var outFeatures: Int
  /// Whether b exists.
  public var hasBias: Bool
  /// Whether r exists: the addition of a residual connection, done while the result is hot.
  public var hasResidual: Bool
  /// Whether rows of padding are zero in y and cost nothing, because nobody sees them.
  public var hasPadding = false

  /// Where r is among the inputs.
  public var residualIndex: Int { hasBias ? 3 : 2 }
  /// Where the padding mask is among the inputs.
  public var paddingIndex: Int { residualIndex + (hasResidual ? 1 : 0) }

  /// The name in reports.
  public var name: String { "linear" }
  /// One multiply-add for each product.
  public var flops: Int { 2 * rows * inFeatures * outFeatures }
  /// A product.
  public var isDear: Bool { true }

  /// Scratch space of the matrix product.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.linear(
      rows: rows, inFeatures: inFeatures, outFeatures: outFeatures, threads: threads)
  }
}

extension Linear: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    guard let dy = builder.gradient(of: operation.outputs[0]) else { return }
    let (x, weight) = (operation.inputs[0], operation.inputs[1])
    if hasBias, builder.needsGradient(operation.inputs[2]) {
      builder.contribute(to: operation.inputs[2], inputs: [dy]) {
        .biasBackward(BiasBackward(rows: rows, width: outFeatures, accumulates: $0))
      }
    }
    if builder.needsGradient(weight) {
      builder.contribute(to: weight, inputs: [dy, x]) {
        .linearBackwardWeight(LinearBackwardWeight(forward: self, accumulates: $0))
      }
    }
    if builder.needsGradient(x) {
      builder.contribute(to: x, inputs: [dy, weight]) {
        .linearBackwardInput(LinearBackwardInput(forward: self, accumulates: $0))
      }
    }
    if hasResidual { builder.pass(dy, to: operation.inputs[residualIndex]) }
  }
}

/// dx = dy·W, added to an earlier contribution if there is one.
///
/// Inputs dy, W (, dx); output dx.
public struct LinearBackwardInput: OperationRule {
  /// The sizes.
  public var forward: Linear
  /// Whether the last input is added to.
  public var accumulates: Bool

  /// The name in reports.
  public var name: String { "linear" }
  /// As many as forward.
  public var flops: Int { forward.flops }
  /// The earlier contribution is continued.
  public var continued: [Continuation] { accumulates ? [Continuation(input: 2, output: 0)] : [] }

  /// Scratch space of the matrix product.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.linearBackwardInput(
      rows: forward.rows, inFeatures: forward.inFeatures, outFeatures: forward.outFeatures,
      threads: threads)
  }
}

/// dW = dyᵀ·x, added to an earlier contribution if there is one.
///
/// Inputs dy, x (, dW); output dW.
public struct LinearBackwardWeight: OperationRule {
  /// The sizes.
  public var forward: Linear
  /// Whether the last input is added to.
  public var accumulates: Bool

  /// The name in reports.
  public var name: String { "linear" }
  /// As many as forward.
  public var flops: Int { forward.flops }
  /// The earlier contribution is continued.
  public var continued: [Continuation] { accumulates ? [Continuation(input: 2, output: 0)] : [] }

  /// Scratch space of the matrix product.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.linearBackwardWeight(
      rows: forward.rows, inFeatures: forward.inFeatures, outFeatures: forward.outFeatures,
      threads: threads)
  }
}

/// db = Σ rows of dy, added to an earlier contribution if there is one.
///
/// Inputs dy (, db); output db.
public struct BiasBackward: OperationRule {
  /// Rows of dy.
  public var rows: Int
  /// Columns of dy.
  public var width: Int
  /// Whether the last input is added to.
  public var accumulates: Bool

  /// The name in reports.
  public var name: String { "bias" }
  /// One addition a value.
  public var flops: Int { rows * width }
  /// The earlier contribution is continued.
  public var continued: [Continuation] { accumulates ? [Continuation(input: 1, output: 0)] : [] }

  /// Scratch space of the reduction.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.biasBackward(rows: rows, width: width)
  }
}
