/// An optimizer and its constants; the learning rate is the base that a schedule scales.
public enum OptimizerSpec: Hashable, Sendable, Codable {
  /// w ← w − lr·v with v = μv + (g + λw); without momentum v is not stored. PyTorch's `SGD`.
  case sgd(learningRate: Float, momentum: Float, weightDecay: Float)
  /// Decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2). PyTorch's `AdamW`.
  case adamw(learningRate: Float, beta1: Float, beta2: Float, epsilon: Float, weightDecay: Float)

  /// The name in notebooks.
  public var name: String {
    switch self {
    case .sgd: "sgd"
    case .adamw: "adamw"
    }
  }

  /// The base learning rate.
  public var learningRate: Float {
    switch self {
    case .sgd(let learningRate, _, _): learningRate
    case .adamw(let learningRate, _, _, _, _): learningRate
    }
  }

  /// State tensors of the size of each parameter.
  public var statesPerParameter: Int {
    switch self {
    case .sgd(_, let momentum, _): momentum == 0 ? 0 : 1
    case .adamw: 2
    }
  }
}
