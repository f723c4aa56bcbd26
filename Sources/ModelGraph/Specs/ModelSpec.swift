public import KernelTable

/// A model as a person declares it: what goes in, the layers, and the loss.
public struct ModelSpec: Hashable, Sendable, Codable {
  /// What an example looks like.
  public var input: InputSpec
  /// The layers in order.
  public var layers: [LayerSpec]
  /// What training minimises.
  public var loss: LossSpec

  /// Creates a model.
  public init(input: InputSpec, layers: [LayerSpec], loss: LossSpec) {
    self.input = input
    self.layers = layers
    self.loss = loss
  }
}

/// A layer and, optionally, its name.
public struct LayerSpec: Hashable, Sendable, Codable {
  /// The name in paths such as `block.0.mlp.up`; nil takes the kind's name and a number if needed.
  public var name: String?
  /// What the layer does.
  public var kind: LayerKind

  /// Creates a layer.
  public init(_ kind: LayerKind, name: String? = nil) {
    self.name = name
    self.kind = kind
  }
}

/// What layers exist.
///
/// Shapes: N rows of C features; a sequence model has N = batch × time rows.
public indirect enum LayerKind: Hashable, Sendable, Codable {
  /// y = xWᵀ + b; W is [out, in].
  case linear(LinearSpec)
  /// Looks up rows of a table [vocabulary, width] by token; the first layer of a token model.
  case embedding(vocabularySize: Int, width: Int, initialization: Initialization)
  /// Adds a learned row for each position; the table is [context, width].
  case positionEmbedding(contextLength: Int, initialization: Initialization)
  /// Normalises each row, then scales and shifts it.
  case layerNorm(epsilon: Float)
  /// Divides each row by the root of its mean square, then scales it.
  case rmsNorm(epsilon: Float)
  /// Adds a learned row for the type of each token; the table is [types, width].
  case tokenTypeEmbedding(initialization: Initialization)
  /// Multi-head self-attention with its query, key, value and output projections.
  case attention(AttentionSpec)
  /// Gaussian error linear unit.
  case gelu(GELUForm)
  /// max(x, 0).
  case relu
  /// x·σ(x).
  case silu
  /// tanh x.
  case tanh
  /// 1/(1 + e^−x).
  case sigmoid
  /// exp x / Σ exp x over each row.
  case softmax
  /// Zeroes each value with probability p and scales the others by 1/(1−p), in training only.
  case dropout(probability: Float)
  /// The first position of a sequence, as a vector.
  case firstToken
  /// y = x ∗ W + b over an image; W is [out, height, width, in / groups], channels last as the image.
  case convolution(ConvolutionSpec)
  /// Normalises each column over all rows of the batch, then scales and shifts it; in evaluation with
  /// running statistics.
  case batchNorm(BatchNormSpec)
  /// Normalises each example's groups of channels, then scales and shifts each channel.
  case groupNorm(groups: Int, epsilon: Float)
  /// The largest value of each channel in each window.
  case maxPool(PoolingSpec)
  /// The mean of each channel in each window.
  case averagePool(PoolingSpec)
  /// The mean over all positions: one row for each example.
  case globalAveragePool
  /// Each pixel several times, down and across.
  case upsample(PlaneSize)
  /// All numbers of an example as one row, in the order height, width, channels.
  case flatten
  /// The pixels of an image as positions of a sequence, line by line.
  case sequence
  /// The same numbers as a vector, a sequence or an image.
  case reshape([Int])
  /// The channels of the value before, then those of an earlier named layer's output.
  case concatenation(from: String)
  /// The value before plus an earlier named layer's output.
  case addition(from: String)
  /// x + layers(x), or shortcut(x) + layers(x) where the shortcut is not empty.
  case residual([LayerSpec], shortcut: [LayerSpec] = [])
  /// The product of branches that all read x, value by value: a gate, for example.
  case product([[LayerSpec]])
  /// The layers in order, under one name.
  case sequential([LayerSpec])
  /// The layers, `times` over, each with its own parameters, named `name.0`, `name.1`, ….
  case `repeat`(times: Int, layers: [LayerSpec])
  /// A segment: its inner values are computed again in the backward pass, whatever the policy.
  case checkpoint([LayerSpec])
}

/// A batch norm's constants.
public struct BatchNormSpec: Hashable, Sendable, Codable {
  /// What is added to the variance.
  public var epsilon: Float
  /// The share of a batch's statistics in the running ones.
  public var momentum: Float

  /// Creates constants; the defaults are PyTorch's.
  public init(epsilon: Float = 1e-5, momentum: Float = 0.1) {
    self.epsilon = epsilon
    self.momentum = momentum
  }
}

/// The two forms of GELU in use.
public enum GELUForm: String, Hashable, Sendable, Codable, CaseIterable {
  /// 0.5x(1 + tanh(√(2/π)(x + 0.044715x³))): GPT-2's.
  case tanh
  /// x·Φ(x) with the error function: BERT's.
  case exact
}

/// A linear layer's sizes.
public struct LinearSpec: Hashable, Sendable, Codable {
  /// Output features.
  public var outFeatures: Int
  /// Whether a bias is added.
  public var bias: Bool
  /// How the weight is drawn; the bias is drawn alike for `.fanIn`, else zero.
  public var initialization: Initialization
  /// The name of an embedding whose table is this layer's weight.
  public var tiedTo: String?

  /// Creates a linear layer's sizes.
  public init(
    outFeatures: Int, bias: Bool = true, initialization: Initialization = .fanIn,
    tiedTo: String? = nil
  ) {
    self.outFeatures = outFeatures
    self.bias = bias
    self.initialization = initialization
    self.tiedTo = tiedTo
  }
}

/// How a parameter is drawn.
public enum Initialization: Hashable, Sendable, Codable {
  /// Normal with mean 0.
  case normal(standardDeviation: Float)
  /// U(−k, k) with k = √(1/in): PyTorch's default for linear layers.
  case fanIn
}
