/// An optimizer with its constants: PyTorch's `SGD`, `Adam` and `AdamW`.
public struct OptimizerSpec: Hashable, Sendable, Codable {
  /// The rule.
  public var algorithm: Algorithm
  /// The base that a schedule scales.
  public var learningRate: Float
  /// λ of all parameters that no group says otherwise of.
  public var weightDecay: Float
  /// What differs for some parameters; of several groups that say something the first counts.
  public var groups: [ParameterGroup]
  /// Parameters that stay as they are.
  public var frozen: [ParameterPattern]
  /// Whether each parameter is updated within the backward pass, as soon as its gradient is complete
  /// and nothing reads it any more, so that gradients never all exist at once.
  public var updatesInBackward: Bool

  /// The rules that exist.
  public enum Algorithm: Hashable, Sendable, Codable {
    /// v ← μv + (g + λw), w ← w − lr·v; without momentum v is not stored.
    ///
    /// With Nesterov's look ahead w ← w − lr·(g + λw + μv).
    case sgd(momentum: Float, isNesterov: Bool)
    /// Kingma & Ba 2015, algorithm 1, with λw added to gradients.
    case adam(beta1: Float, beta2: Float, epsilon: Float)
    /// Decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2).
    case adamw(beta1: Float, beta2: Float, epsilon: Float)
  }

  /// Creates an optimizer.
  public init(
    _ algorithm: Algorithm, learningRate: Float, weightDecay: Float = 0,
    groups: [ParameterGroup] = [], frozen: [ParameterPattern] = [],
    updatesInBackward: Bool = false
  ) {
    self.algorithm = algorithm
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.groups = groups
    self.frozen = frozen
    self.updatesInBackward = updatesInBackward
  }

  /// Stochastic gradient descent.
  public static func sgd(
    learningRate: Float, momentum: Float, weightDecay: Float, isNesterov: Bool = false
  ) -> OptimizerSpec {
    OptimizerSpec(
      .sgd(momentum: momentum, isNesterov: isNesterov), learningRate: learningRate,
      weightDecay: weightDecay)
  }

  /// AdamW.
  public static func adamw(
    learningRate: Float, beta1: Float, beta2: Float, epsilon: Float, weightDecay: Float
  ) -> OptimizerSpec {
    OptimizerSpec(
      .adamw(beta1: beta1, beta2: beta2, epsilon: epsilon), learningRate: learningRate,
      weightDecay: weightDecay)
  }

  /// The name in notebooks.
  public var name: String {
    switch algorithm {
    case .sgd: "sgd"
    case .adam: "adam"
    case .adamw: "adamw"
    }
  }

  /// The names of the state tensors, each of the size of its parameter.
  public var stateNames: [String] {
    switch algorithm {
    case .sgd(let momentum, _): momentum == 0 ? [] : ["momentum"]
    case .adam, .adamw: ["first_moment", "second_moment"]
    }
  }

  /// λ of a parameter.
  public func weightDecay(of parameter: String) -> Float {
    groups.lazy.filter { $0.contains(parameter) }.compactMap(\.weightDecay).first ?? weightDecay
  }

  /// What a parameter's learning rate is multiplied by.
  public func learningRateScale(of parameter: String) -> Float {
    groups.lazy.filter { $0.contains(parameter) }.compactMap(\.learningRateScale).first ?? 1
  }
}
