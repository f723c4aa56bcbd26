import KernelTable

/// The mean of −log softmax(xWᵀ + b)[target] over rows, in chunks of rows: the logits [rows,
/// classes] never exist.
///
/// Wijmans et al. 2024 and Hsu et al. 2024 name the idea.
///
/// Inputs x [rows, width], W [classes, width] (, b), targets [rows]; output the loss. In training
/// the gradients are computed in the same pass, while a chunk's logits are there: further outputs
/// dx, dW (, db).
public struct LinearCrossEntropy: OperationRule {
  /// Rows of x.
  public var rows: Int
  /// Columns of x.
  public var width: Int
  /// Rows of W.
  public var classes: Int
  /// Whether b exists.
  public var hasBias: Bool
  /// Whether gradients are computed.
  public var training: Bool

  /// The name in reports.
  public var name: String { "linear_cross_entropy" }
  /// One product, three in training.
  public var flops: Int { (training ? 6 : 2) * rows * width * classes + 6 * rows * classes }

  /// The logits of a chunk, and scratch space of the products.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.linearCrossEntropy(
      rows: rows, width: width, vocabulary: classes, threads: threads, training: training)
  }
}

/// The mean of −log softmax(x)[target] over rows.
///
/// Inputs x [rows, classes], targets [rows]; outputs the loss and, in training, dx.
public struct SoftmaxCrossEntropy: OperationRule {
  /// Rows of x.
  public var rows: Int
  /// Columns of x.
  public var classes: Int
  /// Whether the gradient is computed.
  public var training: Bool

  /// The name in reports.
  public var name: String { "softmax_cross_entropy" }
  /// The exponential dominates.
  public var flops: Int { 12 * rows * classes }

  /// The rows' losses.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.softmaxCrossEntropy(rows: rows, classes: classes)
  }
}

/// The mean of (x − target)² over all values.
///
/// Inputs x, target; outputs the loss and, in training, dx.
public struct MeanSquaredError: OperationRule {
  /// Number of values.
  public var count: Int
  /// Whether the gradient is computed.
  public var training: Bool

  /// The name in reports.
  public var name: String { "mean_squared_error" }
  /// Difference, square, sum, gradient.
  public var flops: Int { 4 * count }

  /// Partial sums.
  public func workspaceBytes(threads: Int) -> Int { Workspace.meanSquaredError(count: count) }
}
