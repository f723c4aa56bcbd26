import KernelTable

/// y = γx/√(mean x² + ε) over each row: x and y are [rows, width].
///
/// Zhang & Sennrich 2019, equation 4.
///
/// Inputs x, γ; outputs y and the statistics [rows], 1/√(mean x² + ε). The derivative needs x, γ and
/// the statistics, not y.
public struct RMSNorm: OperationRule {
  /// Rows of x.
  public var rows: Int
  /// Columns of x.
  public var width: Int
  /// ε.
  public var epsilon: Float

  /// The name in reports.
  public var name: String { "rms_norm" }
  /// A pass for the statistics, one for the result.
  public var flops: Int { 4 * rows * width }
}

extension RMSNorm: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    guard let dy = builder.gradient(of: operation.outputs[0]) else { return }
    let (x, gamma) = (operation.inputs[0], operation.inputs[1])
    builder.contribute(to: x, and: [gamma], inputs: [dy, x, gamma, operation.outputs[1]]) {
      .rmsNormBackward(RMSNormBackward(forward: self, earlier: $0))
    }
  }
}

/// dx and dγ of an RMS norm.
///
/// Inputs dy, x, γ, statistics (, dx) (, dγ); outputs dx, dγ.
public struct RMSNormBackward: OperationRule {
  /// The sizes.
  public var forward: RMSNorm
  /// What is added to.
  public var earlier = EarlierGradients()

  /// The name in reports.
  public var name: String { "rms_norm" }
  /// A reduction and the result.
  public var flops: Int { 10 * forward.rows * forward.width }

  /// Earlier contributions are continued.
  public var continued: [Continuation] { earlier.continued(from: 4, parameters: 1) }

  /// Partial sums of fixed row blocks.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.rmsNormBackward(rows: forward.rows, width: forward.width)
  }
}
