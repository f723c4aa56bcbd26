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

/// A step of an optimizer on one parameter, in place.
///
/// Inputs w, g, the states (, clip factor). The learning rate and the step's number are arguments.
public struct OptimizerStep: OperationRule {
  /// Values of the parameter.
  public var count: Int
  /// The rule.
  public var algorithm: OptimizerSpec.Algorithm
  /// What the learning rate is multiplied by.
  public var learningRateScale: Float
  /// λ.
  public var weightDecay: Float
  /// Whether gradients are scaled by a clip factor.
  public var clips: Bool

  /// Creates the update of a parameter.
  public init(
    count: Int, algorithm: OptimizerSpec.Algorithm, learningRateScale: Float = 1,
    weightDecay: Float, clips: Bool
  ) {
    self.count = count
    self.algorithm = algorithm
    self.learningRateScale = learningRateScale
    self.weightDecay = weightDecay
    self.clips = clips
  }

  /// The name in reports.
  public var name: String {
    switch algorithm {
    case .sgd: "sgd"
    case .adam: "adam"
    case .adamw: "adamw"
    }
  }

  /// Decay, momentum and step, or two moments, two corrections, root, division and step.
  public var flops: Int {
    switch algorithm {
    case .sgd: 6 * count
    case .adam, .adamw: 14 * count
    }
  }
}
