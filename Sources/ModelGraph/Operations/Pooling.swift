public import KernelTable

/// y = the largest or the mean value of each channel in each window.
///
/// Input x [batch · height · width, channels]; output y [batch · places, channels]. The derivative of a
/// maximum needs x and y: the gradient goes to the first pixel whose value is y.
public struct Pooling: OperationRule {
  /// What is made of a window.
  public enum Function: Hashable, Sendable {
    case largest
    case average
  }

  /// The function.
  public var function: Function
  /// The windows.
  public var windows: WindowShape
  /// Channels.
  public var channels: Int

  /// The name in reports.
  public var name: String { function == .largest ? "max_pool" : "avg_pool" }
  /// A comparison or an addition for each tap.
  public var flops: Int { windows.rows * windows.kernel.count * channels }
}

extension Pooling: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    guard let dy = builder.gradient(of: operation.outputs[0]) else { return }
    let x = operation.inputs[0]
    let needed = function == .largest ? [x, operation.outputs[0]] : []
    builder.contribute(to: x, inputs: [dy] + needed) {
      .poolingBackward(PoolingBackward(forward: self, accumulates: $0))
    }
  }
}

/// The gradient of pooling by its input, added to an earlier contribution if there is one.
///
/// Inputs dy (, x, y) (, dx); output dx.
public struct PoolingBackward: OperationRule {
  /// The function and its sizes.
  public var forward: Pooling
  /// Whether the last input is added to.
  public var accumulates: Bool

  /// The name in reports.
  public var name: String { forward.name }
  /// As many as forward.
  public var flops: Int { forward.flops }
  /// The earlier contribution is continued.
  public var continued: [Continuation] {
    accumulates
      ? [Continuation(input: forward.function == .largest ? 3 : 1, output: 0)] : []
  }
}

/// y = the mean of each example's rows: x is [batch · positions, width], y [batch, width].
///
/// Inputs x and, where `hasPadding`, the padding mask [batch, positions], whose rows of padding don't
/// count; output y. The derivative needs the mask alone.
public struct MeanPooling: OperationRule {
  /// Examples.
  public var batch: Int
  /// Rows of an example.
  public var positions: Int
  /// Columns.
  public var width: Int
  /// Whether the mean is of the rows that the padding mask does not call padding.
  public var hasPadding = false

  /// The name in reports.
  public var name: String { "global_avg_pool" }
  /// One addition a value.
  public var flops: Int { batch * positions * width }
}

extension MeanPooling: Differentiable {
  func differentiate(_ operation: Operation, with builder: inout GradientBuilder) {
    guard let dy = builder.gradient(of: operation.outputs[0]) else { return }
    builder.contribute(to: operation.inputs[0], inputs: [dy] + operation.inputs.dropFirst()) {
      .meanPoolingBackward(MeanPoolingBackward(forward: self, accumulates: $0))
    }
  }
}

/// dx = dy / n for each of the n rows that count, added to an earlier contribution if there is one.
///
/// Inputs dy (, padding mask) (, dx); output dx.
public struct MeanPoolingBackward: OperationRule {
  /// The sizes.
  public var forward: MeanPooling
  /// Whether the last input is added to.
  public var accumulates: Bool

  /// The name in reports.
  public var name: String { "global_avg_pool" }
  /// As many as forward.
  public var flops: Int { forward.flops }
  /// The earlier contribution is continued.
  public var continued: [Continuation] {
    accumulates ? [Continuation(input: forward.hasPadding ? 2 : 1, output: 0)] : []
  }
}
