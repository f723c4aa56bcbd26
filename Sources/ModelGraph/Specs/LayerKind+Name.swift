extension LayerKind {
  /// The kind's name in notebooks.
  public var name: String {
    switch self {
    case .linear: "linear"
    case .embedding: "embedding"
    case .positionEmbedding: "position_embedding"
    case .layerNorm: "layer_norm"
    case .attention: "attention"
    case .gelu: "gelu"
    case .relu: "relu"
    case .dropout: "dropout"
    case .residual: "residual"
    case .sequential: "sequential"
    case .repeat: "repeat"
    case .checkpoint: "checkpoint"
    }
  }

  /// The name of an unnamed layer in paths; nil for groups, whose layers stand for themselves.
  var automaticName: String? {
    switch self {
    case .residual, .sequential, .checkpoint: nil
    case .repeat: "block"
    default: name
    }
  }
}
