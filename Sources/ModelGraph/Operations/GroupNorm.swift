public import KernelTable

/// y = γ(x − μ)/√(σ² + ε) + β with μ and σ² of each example's groups of channels.
///
/// Wu & He 2018, equation 7.
///
/// Inputs x [batch · positions, width], γ, β; outputs y and the statistics [batch, groups, 2]. The
/// derivative needs x, γ and the statistics.
public struct GroupNorm: OperationRule {
  /// The sizes.
  public var shape: GroupNormShape
  /// ε.
  public var epsilon: Float

  /// The name in reports.
  public var name: String { "group_norm" }
  /// Two passes for the statistics, one for the result.
  public var flops: Int { 8 * shape.batch * shape.positions * shape.width }
  /// y may take x's place.
  public var replaceable: [Continuation] { [Continuation(input: 0, output: 0)] }

  /// Sums of each column, for each worker.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.groupNorm(width: shape.width, threads: threads)
  }
}

extension GroupNorm: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    guard let dy = builder.gradient(of: operation.outputs[0]) else { return }
    let (x, gamma, beta) = (operation.inputs[0], operation.inputs[1], operation.inputs[2])
    builder.contribute(
      to: x, and: [gamma, beta], inputs: [dy, x, gamma, operation.outputs[1]]
    ) {
      .groupNormBackward(GroupNormBackward(forward: self, earlier: $0))
    }
  }
}

/// dx, dγ and dβ of a group norm.
///
/// Inputs dy, x, γ, statistics (, dx) (, dγ, dβ); outputs dx, dγ, dβ.
public struct GroupNormBackward: OperationRule {
  /// The sizes.
  public var forward: GroupNorm
  /// What is added to.
  public var earlier = EarlierGradients()

  /// The name in reports.
  public var name: String { "group_norm" }
  /// Two reductions and the result.
  public var flops: Int {
    14 * forward.shape.batch * forward.shape.positions * forward.shape.width
  }

  /// Earlier contributions are continued.
  public var continued: [Continuation] { earlier.continued(from: 4, parameters: 2) }

  /// dx may take dy's place.
  public var replaceable: [Continuation] {
    earlier.input ? [] : [Continuation(input: 0, output: 0)]
  }

  /// Sums of each column for each worker and each example.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.groupNormBackward(
      batch: forward.shape.batch, width: forward.shape.width, threads: threads)
  }
}
