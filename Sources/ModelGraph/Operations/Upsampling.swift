public import KernelTable

/// y[…, i, j] = x[…, i / factor, j / factor]: each pixel several times (nearest neighbour).
///
/// Input x [batch · height · width, channels]; output y. The derivative needs nothing.
public struct Upsampling: OperationRule {
  /// Images.
  public var batch: Int
  /// Pixels of x's images.
  public var image: PlaneSize
  /// How many times as high and wide y is.
  public var factor: PlaneSize
  /// Channels.
  public var channels: Int

  /// The name in reports.
  public var name: String { "upsample" }
  /// It only copies.
  public var flops: Int { 0 }
}

extension Upsampling: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    guard let dy = builder.gradient(of: operation.outputs[0]) else { return }
    builder.contribute(to: operation.inputs[0], inputs: [dy]) {
      .upsamplingBackward(UpsamplingBackward(forward: self, accumulates: $0))
    }
  }
}

/// dx = Σ of dy over the pixels that each became, added to an earlier contribution if there is one.
///
/// Inputs dy (, dx); output dx.
public struct UpsamplingBackward: OperationRule {
  /// The sizes.
  public var forward: Upsampling
  /// Whether the last input is added to.
  public var accumulates: Bool

  /// The name in reports.
  public var name: String { "upsample" }
  /// One addition for each value of dy.
  public var flops: Int {
    forward.batch * forward.image.count * forward.factor.count * forward.channels
  }
  /// The earlier contribution is continued.
  public var continued: [Continuation] { accumulates ? [Continuation(input: 1, output: 0)] : [] }
}
