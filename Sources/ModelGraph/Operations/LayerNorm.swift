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
    let (dx, dgamma, dbeta) = (
      builder.target(for: x), builder.target(for: gamma), builder.target(for: beta)
    )
    let kind = LayerNormBackward(
      forward: self, accumulatesInput: dx.previous != nil,
      accumulatesParameters: dgamma.previous != nil)
    builder.emit(
      .layerNormBackward(kind),
      inputs: [dy, x, gamma, operation.outputs[1]]
        + [dx.previous, dgamma.previous, dbeta.previous].compactMap { $0 },
      outputs: [dx.result, dgamma.result, dbeta.result])
  }
}

/// dx, dγ and dβ of a layer norm.
///
/// Inputs dy, x, γ, statistics (, dx) (, dγ, dβ); outputs dx, dγ, dβ.
public struct LayerNormBackward: OperationRule {
  /// The sizes.
  public var forward: LayerNorm
  /// Whether dx is added to an earlier contribution.
  public var accumulatesInput: Bool
  /// Whether dγ and dβ are added to earlier contributions.
  public var accumulatesParameters: Bool

  /// The name in reports.
  public var name: String { "layer_norm" }
  /// Two reductions and the result.
  public var flops: Int { 14 * forward.rows * forward.width }

  /// Earlier contributions are continued.
  public var continued: [Continuation] {
    var pairs: [Continuation] = []
    if accumulatesInput { pairs.append(Continuation(input: 4, output: 0)) }
    if accumulatesParameters {
      let first = accumulatesInput ? 5 : 4
      pairs.append(Continuation(input: first, output: 1))
      pairs.append(Continuation(input: first + 1, output: 2))
    }
    return pairs
  }

  /// Partial sums of fixed row blocks.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.layerNormBackward(rows: forward.rows, width: forward.width)
  }
}
