import KernelTable

/// The mean of −log softmax(xWᵀ + b)[target] over the rows that count, in chunks of rows: the logits [rows,
/// classes] never exist.
///
/// Wijmans et al. 2024 and Hsu et al. 2024 name the idea.
///
/// Inputs x [rows, width], targets [rows], W [classes, width] (, b); output the loss. In training
/// the gradients are computed in the same pass, while a chunk's logits are there: further outputs
/// dx, dW, db, those that are needed.
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
  /// Which of the gradients are needed, in training.
  public var needs = Needs()
  /// How targets are compared with.
  public var comparison = CrossEntropySpec()
  /// The k's for which targets among the k most likely are counted, in evaluation.
  public var hits: [Int] = []

  /// The gradients that a step needs.
  public struct Needs: Hashable, Sendable {
    /// dx.
    public var input = true
    /// dW.
    public var weight = true
    /// db, where b exists.
    public var bias = true
  }

  /// The name in reports.
  public var name: String { "linear_cross_entropy" }
  /// One product, and one for each of dx and dW.
  public var flops: Int {
    let products = 1 + (training && needs.input ? 1 : 0) + (training && needs.weight ? 1 : 0)
    return 2 * products * rows * width * classes + 6 * rows * classes
  }

  /// The logits of a chunk, and scratch space of the products.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.linearCrossEntropy(
      rows: rows, width: width, vocabulary: classes, threads: threads, training: training)
  }
}

/// The mean of −log softmax(x)[target] over the rows that count.
///
/// Inputs x [rows, classes], targets [rows]; outputs the loss and, in training, dx.
public struct SoftmaxCrossEntropy: OperationRule {
  /// Rows of x.
  public var rows: Int
  /// Columns of x.
  public var classes: Int
  /// Whether the gradient is computed.
  public var training: Bool
  /// How targets are compared with.
  public var comparison = CrossEntropySpec()
  /// The k's for which targets among the k most likely are counted, in evaluation.
  public var hits: [Int] = []

  /// The name in reports.
  public var name: String { "softmax_cross_entropy" }
  /// The exponential dominates.
  public var flops: Int { 12 * rows * classes }

  /// The rows' losses.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.softmaxCrossEntropy(rows: rows, classes: classes)
  }
}

/// The mean of −t·log σ(x) − (1 − t)·log(1 − σ(x)) over all values, the first term times a weight.
///
/// Inputs x, targets t, both [rows, width]; outputs the loss and, in training, dx.
public struct BinaryCrossEntropy: OperationRule {
  /// Rows of x.
  public var rows: Int
  /// Columns of x.
  public var width: Int
  /// The weights of positive targets: none, or one for each column.
  public var positiveWeights: [Float]
  /// Whether the gradient is computed.
  public var training: Bool
  /// Whether values on their target's side of 0 are counted, in evaluation.
  public var countsHits = false

  /// The name in reports.
  public var name: String { "binary_cross_entropy" }
  /// The exponential and the logarithm dominate.
  public var flops: Int { 40 * rows * width }

  /// Partial sums.
  public func workspaceBytes(threads: Int) -> Int {
    Workspace.binaryCrossEntropy(rows: rows, width: width)
  }
}

/// The mean of (x − target)² over all values.
///
/// Inputs x, target; outputs the loss and, in training, dx.
public struct MeanSquaredError: OperationRule {
  /// Number of values.
  public var count: Int
  /// Values of a row.
  public var width = 1
  /// Whether the gradient is computed.
  public var training: Bool

  /// The name in reports.
  public var name: String { "mean_squared_error" }
  /// Difference, square, sum, gradient.
  public var flops: Int { 4 * count }

  /// Partial sums.
  public func workspaceBytes(threads: Int) -> Int { Workspace.meanSquaredError(count: count) }
}
