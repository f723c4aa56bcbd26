import KernelTable

/// y = γ(x − μ)/√(σ² + ε) + β (+ r), over the columns of x and y [rows, width], and max(0, that) where
/// a ReLU follows.
///
/// Ioffe & Szegedy 2015, algorithm 1.
///
/// Inputs x, γ, β (, r); outputs y and the batch's statistics [2, width], μ and the biased σ². The
/// derivative needs x, γ and the statistics; behind a ReLU also β, from which it computes the ReLU's
/// argument again, or with a residual y.
public struct BatchNorm: OperationRule {
  /// The sizes and what is fused.
  public var shape: BatchNormShape

  /// The name in reports.
  public var name: String { "batch_norm" }
  /// Two passes for the statistics, one for the result.
  public var flops: Int { 8 * shape.rows * shape.width }
  /// y may take x's place, else r's.
  public var replaceable: [Continuation] {
    [Continuation(input: 0, output: 0)]
      + (shape.hasResidual ? [Continuation(input: 3, output: 0)] : [])
  }

  /// Partial sums of fixed row blocks.
  public func workspaceBytes(threads: Int) -> Int {
    max(
      Workspace.batchNormStatistics(rows: shape.rows, width: shape.width),
      Workspace.batchNorm(width: shape.width))
  }
}

/// A batch norm's sizes, and what is done in the same pass.
public struct BatchNormShape: Hashable, Sendable {
  /// Rows of x.
  public var rows: Int
  /// Columns of x.
  public var width: Int
  /// ε.
  public var epsilon: Float
  /// Whether r exists: the addition of a residual connection.
  public var hasResidual = false
  /// Whether a ReLU follows.
  public var hasReLU = false
}

extension BatchNorm: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    guard let dy = builder.gradient(of: operation.outputs[0]) else { return }
    let (x, gamma, beta) = (operation.inputs[0], operation.inputs[1], operation.inputs[2])
    let residual = shape.hasResidual ? operation.inputs[3] : nil
    let gate = shape.hasReLU ? [shape.hasResidual ? operation.outputs[0] : beta] : []
    let gated = residual.flatMap { builder.needsGradient($0) && shape.hasReLU ? $0 : nil }
    let dResidual = builder.contribute(
      to: x, and: [gamma, beta], inputs: [dy, x, gamma, operation.outputs[1]] + gate, other: gated
    ) {
      .batchNormBackward(
        BatchNormBackward(forward: self, earlier: $0, givesResidual: gated != nil))
    }
    guard let residual else { return }
    if let dResidual {
      builder.give(dResidual, to: residual)
    } else if !shape.hasReLU {
      builder.pass(dy, to: residual)
    }
  }
}

/// dx, dγ, dβ and, where a ReLU stands between, the residual's gradient of a batch norm.
///
/// Inputs dy, x, γ, statistics (, β or y) (, dx) (, dγ, dβ); outputs dx, dγ, dβ (, dr).
public struct BatchNormBackward: OperationRule {
  /// The sizes.
  public var forward: BatchNorm
  /// What is added to.
  public var earlier = EarlierGradients()
  /// Whether dr is an output.
  public var givesResidual: Bool

  /// The name in reports.
  public var name: String { "batch_norm" }
  /// Two reductions and the result.
  public var flops: Int { 14 * forward.shape.rows * forward.shape.width }

  /// Earlier contributions are continued.
  public var continued: [Continuation] {
    earlier.continued(from: forward.shape.hasReLU ? 5 : 4, parameters: 2)
  }

  /// dr may take dy's place, else dx.
  public var replaceable: [Continuation] {
    if givesResidual { return [Continuation(input: 0, output: 3)] }
    return earlier.input ? [] : [Continuation(input: 0, output: 0)]
  }

  /// Partial sums of fixed row blocks.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.batchNormBackward(rows: forward.shape.rows, width: forward.shape.width)
  }
}

/// Moves running statistics towards a batch's, in place.
///
/// Inputs the batch's statistics [2, width], the running mean and variance [width]; no output, so that
/// nothing ever needs it again: a recomputed segment does not repeat it.
public struct BatchNormUpdate: OperationRule {
  /// Rows that the statistics are of.
  public var rows: Int
  /// Columns.
  public var width: Int
  /// The share of the new statistics.
  public var momentum: Float

  /// The name in reports.
  public var name: String { "batch_norm_update" }
  /// A multiplication and a multiply-add for each of both.
  public var flops: Int { 6 * width }
}

/// A batch norm in evaluation: with the running statistics instead of the batch's.
///
/// Inputs x, γ, β, mean, variance (, r); output y.
public struct BatchNormEvaluation: OperationRule {
  /// The sizes and what is fused.
  public var shape: BatchNormShape

  /// The name in reports.
  public var name: String { "batch_norm" }
  /// A difference and a multiply-add.
  public var flops: Int { 3 * shape.rows * shape.width }
  /// y may take x's place, else r's.
  public var replaceable: [Continuation] {
    [Continuation(input: 0, output: 0)]
      + (shape.hasResidual ? [Continuation(input: 5, output: 0)] : [])
  }

  /// A factor for each column.
  public func workspaceBytes(threads: Int) -> Int { Workspace.batchNorm(width: shape.width) }
}
