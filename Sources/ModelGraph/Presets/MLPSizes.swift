/// The sizes of a multilayer perceptron.
public struct MLPSizes: Hashable, Sendable {
  /// Input features.
  public var features: Int
  /// Width of each hidden layer.
  public var hidden: [Int]
  /// Output features: classes, or numbers to predict.
  public var out: Int
  /// What follows each hidden layer.
  public var activation: Activation
  /// Dropout after each activation.
  public var dropout: Float
  /// What training minimises.
  public var loss: LossSpec

  /// Creates sizes.
  public init(
    features: Int, hidden: [Int], out: Int, activation: Activation = .relu, dropout: Float = 0,
    loss: LossSpec = .crossEntropy
  ) {
    self.features = features
    self.hidden = hidden
    self.out = out
    self.activation = activation
    self.dropout = dropout
    self.loss = loss
  }

  /// The activations that a perceptron can have.
  public enum Activation: String, Hashable, Sendable, CaseIterable {
    /// max(x, 0).
    case relu
    /// GELU with tanh.
    case gelu
    /// GELU with the error function.
    case exactGELU = "gelu_exact"

    /// The activation as a layer.
    var kind: LayerKind {
      switch self {
      case .relu: .relu
      case .gelu: .gelu(.tanh)
      case .exactGELU: .gelu(.exact)
      }
    }
  }
}
