import KernelTable

/// y = γ(x − μ)/√(σ² + ε) + β over each row: x and y are [rows, width].
///
/// Ba et al. 2016, equation 4.
///
/// Inputs x, γ, β; outputs y and the statistics [rows, 2], μ and 1/√(σ² + ε). The derivative needs
/// x, γ and the statistics, not y.
public struct LayerNorm: OperationRule {
  /// Rows of x.
  public var rows: Int
  /// Columns of x.
  public var width: Int
  /// ε.
  public var epsilon: Float

  /// The name in reports.
  public var name: String { "layer_norm" }
  /// Two passes for the statistics, one for the result.
  public var flops: Int { 8 * rows * width }
}

extension LayerNorm: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    guard let dy = builder.gradient(of: operation.outputs[0]) else { return }
    let (x, gamma, beta) = (operation.inputs[0], operation.inputs[1], operation.inputs[2])
    builder.contribute(
      to: x, and: [gamma, beta], inputs: [dy, x, gamma, operation.outputs[1]]
    ) {
      .layerNormBackward(LayerNormBackward(forward: self, earlier: $0))
    }
  }
}

/// dx, dγ and dβ of a layer norm.
///
/// Inputs dy, x, γ, statistics (, dx) (, dγ, dβ); outputs dx, dγ, dβ.
public struct LayerNormBackward: OperationRule {
  /// The sizes.
  public var forward: LayerNorm
  /// What is added to.
  public var earlier = EarlierGradients()

  /// The name in reports.
  public var name: String { "layer_norm" }
  /// Two reductions and the result.
  public var flops: Int { 14 * forward.rows * forward.width }

  /// Earlier contributions are continued.
  public var continued: [Continuation] { earlier.continued(from: 4, parameters: 2) }

  /// Partial sums of fixed row blocks.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.layerNormBackward(rows: forward.rows, width: forward.width)
  }
}
