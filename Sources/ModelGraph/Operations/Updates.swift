import KernelTable

/// min(1, limit/‖g‖) over all gradients, as PyTorch's `clip_grad_norm_` with its 10⁻⁶ in the
/// denominator.
///
/// Pascanu et al. 2013, algorithm 1.
///
/// Inputs all parameter gradients; output the factor.
public struct ClipScale: OperationRule {
  /// The largest norm that is let through.
  public var limit: Float
  /// Values of each gradient.
  public var counts: [Int]

  /// Creates a factor's sizes.
  public init(limit: Float, counts: [Int]) {
    self.limit = limit
    self.counts = counts
  }

  /// The name in reports.
  public var name: String { "clip" }
  /// A square and an addition a value.
  public var flops: Int { 2 * counts.reduce(0, +) }

  /// Partial sums.
  public func workspaceBytes(threads: Int) -> Int {
    counts.map { Workspace.sumOfSquares(count: $0) }.max() ?? 0
  }
}

/// A step of stochastic gradient descent on one parameter, in place.
///
/// Inputs w, g (, v) (, clip factor). The learning rate is an argument of the step.
public struct SGDStep: OperationRule {
  /// Values of the parameter.
  public var count: Int
  /// μ; 0 means that v does not exist.
  public var momentum: Float
  /// λ.
  public var weightDecay: Float
  /// Whether gradients are scaled by a clip factor.
  public var clips: Bool

  /// Creates an update's constants.
  public init(count: Int, momentum: Float, weightDecay: Float, clips: Bool) {
    self.count = count
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.clips = clips
  }

  /// The name in reports.
  public var name: String { "sgd" }
  /// Decay, momentum, step.
  public var flops: Int { 6 * count }
}

/// A step of AdamW on one parameter, in place (Loshchilov & Hutter 2019, algorithm 2).
///
/// Inputs w, g, m, v (, clip factor). The learning rate and the step's number are arguments.
public struct AdamWStep: OperationRule {
  /// Values of the parameter.
  public var count: Int
  /// β₁.
  public var beta1: Float
  /// β₂.
  public var beta2: Float
  /// ε.
  public var epsilon: Float
  /// λ.
  public var weightDecay: Float
  /// Whether gradients are scaled by a clip factor.
  public var clips: Bool

  /// Creates an update's constants.
  public init(
    count: Int, beta1: Float, beta2: Float, epsilon: Float, weightDecay: Float, clips: Bool
  ) {
    self.count = count
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.clips = clips
  }

  /// The name in reports.
  public var name: String { "adamw" }
  /// Two moments, two corrections, root, division, step.
  public var flops: Int { 14 * count }
}
