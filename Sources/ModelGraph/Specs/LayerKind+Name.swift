extension LayerKind {
  /// The kind's name in notebooks.
  public var name: String {
    switch self {
    case .linear: "linear"
    case .embedding: "embedding"
    case .positionEmbedding: "position_embedding"
    case .layerNorm: "layer_norm"
    case .rmsNorm: "rms_norm"
    case .tokenTypeEmbedding: "token_type_embedding"
    case .attention: "attention"
    case .gelu: "gelu"
    case .relu: "relu"
    case .silu: "silu"
    case .tanh: "tanh"
    case .sigmoid: "sigmoid"
    case .softmax: "softmax"
    case .dropout: "dropout"
    case .firstToken: "first_token"
    case .convolution: "conv2d"
    case .batchNorm: "batch_norm"
    case .groupNorm: "group_norm"
    case .maxPool: "max_pool"
    case .averagePool: "avg_pool"
    case .globalAveragePool: "global_avg_pool"
    case .upsample: "upsample"
    case .flatten: "flatten"
    case .sequence: "sequence"
    case .reshape: "reshape"
    case .concatenation: "concat"
    case .addition: "add"
    case .residual: "residual"
    case .product: "product"
    case .sequential: "sequential"
    case .repeat: "repeat"
    case .checkpoint: "checkpoint"
    }
  }

  /// The name of an unnamed layer in paths; nil for groups, whose layers stand for themselves.
  var automaticName: String? {
    switch self {
    case .residual, .product, .sequential, .checkpoint: nil
    case .repeat: "block"
    default: name
    }
  }
}
