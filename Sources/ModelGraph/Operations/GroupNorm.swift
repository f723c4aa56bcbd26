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
    let (dx, dgamma, dbeta) = (
      builder.target(for: x), builder.target(for: gamma), builder.target(for: beta)
    )
    let kind = GroupNormBackward(
      forward: self, accumulatesInput: dx.previous != nil,
      accumulatesParameters: dgamma.previous != nil)
    builder.emit(
      .groupNormBackward(kind),
      inputs: [dy, x, gamma, operation.outputs[1]]
        + [dx.previous, dgamma.previous, dbeta.previous].compactMap { $0 },
      outputs: [dx.result, dgamma.result, dbeta.result])
  }
}

/// dx, dγ and dβ of a group norm.
///
/// Inputs dy, x, γ, statistics (, dx) (, dγ, dβ); outputs dx, dγ, dβ.
public struct GroupNormBackward: OperationRule {
  /// The sizes.
  public var forward: GroupNorm
  /// Whether dx is added to an earlier contribution.
  public var accumulatesInput: Bool
  /// Whether dγ and dβ are added to earlier contributions.
  public var accumulatesParameters: Bool

  /// The name in reports.
  public var name: String { "group_norm" }
  /// Two reductions and the result.
  public var flops: Int {
    14 * forward.shape.batch * forward.shape.positions * forward.shape.width
  }

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

  /// dx may take dy's place.
  public var replaceable: [Continuation] {
    accumulatesInput ? [] : [Continuation(input: 0, output: 0)]
  }

  /// Sums of each column for each worker and each example.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.groupNormBackward(
      batch: forward.shape.batch, width: forward.shape.width, threads: threads)
  }
}
