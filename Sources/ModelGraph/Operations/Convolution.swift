public import KernelTable

/// y = x ∗ W + b over images, with the layouts of `ConvolutionShape`; b is [outputs].
///
/// Inputs x, W (, b); output y. The derivative needs x and W.
public struct Convolution: OperationRule {
  /// The sizes.
  public var shape: ConvolutionShape
  /// Whether b exists.
  public var hasBias: Bool

  /// The name in reports.
  public var name: String { "conv2d" }
  /// A product.
  public var isDear: Bool { true }
  /// One multiply-add for each value of each window.
  public var flops: Int { 2 * shape.windows.rows * shape.outputs * shape.depth }

  /// Scratch space of the matrix products.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.convolution(shape, threads: threads)
  }
}

extension Convolution: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    guard let dy = builder.gradient(of: operation.outputs[0]) else { return }
    let (x, weight) = (operation.inputs[0], operation.inputs[1])
    if hasBias, builder.needsGradient(operation.inputs[2]) {
      builder.contribute(to: operation.inputs[2], inputs: [dy]) {
        .biasBackward(
          BiasBackward(rows: shape.windows.rows, width: shape.outputs, accumulates: $0))
      }
    }
    if builder.needsGradient(weight) {
      builder.contribute(to: weight, inputs: [dy, x]) {
        .convolutionBackwardWeight(ConvolutionBackwardWeight(forward: self, accumulates: $0))
      }
    }
    if builder.needsGradient(x) {
      builder.contribute(to: x, inputs: [dy, weight]) {
        .convolutionBackwardInput(ConvolutionBackwardInput(forward: self, accumulates: $0))
      }
    }
  }
}

/// dx, added to an earlier contribution if there is one.
///
/// Inputs dy, W (, dx); output dx.
public struct ConvolutionBackwardInput: OperationRule {
  /// The sizes.
  public var forward: Convolution
  /// Whether the last input is added to.
  public var accumulates: Bool

  /// The name in reports.
  public var name: String { "conv2d" }
  /// As many as forward.
  public var flops: Int { forward.flops }
  /// The earlier contribution is continued.
  public var continued: [Continuation] { accumulates ? [Continuation(input: 2, output: 0)] : [] }

  /// Scratch space of the matrix products.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.convolutionBackwardInput(forward.shape, threads: threads)
  }
}

/// dW, added to an earlier contribution if there is one.
///
/// Inputs dy, x (, dW); output dW.
public struct ConvolutionBackwardWeight: OperationRule {
  /// The sizes.
  public var forward: Convolution
  /// Whether the last input is added to.
  public var accumulates: Bool

  /// The name in reports.
  public var name: String { "conv2d" }
  /// As many as forward.
  public var flops: Int { forward.flops }
  /// The earlier contribution is continued.
  public var continued: [Continuation] { accumulates ? [Continuation(input: 2, output: 0)] : [] }

  /// Scratch space of the matrix products.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.convolutionBackwardWeight(forward.shape, threads: threads)
  }
}
