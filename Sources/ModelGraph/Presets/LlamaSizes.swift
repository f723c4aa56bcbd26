/// The sizes of a Llama.
///
/// The defaults are the published 7 B model's (Touvron et al. 2023, table 2).
public struct LlamaSizes: Hashable, Sendable {
  /// Transformer blocks.
  public var numLayers: Int
  /// Width of the residual stream.
  public var hiddenSize: Int
  /// Attention heads.
  public var numHeads: Int
  /// Heads of keys and values; must divide the heads.
  public var numKeyHeads: Int
  /// Features of a head.
  public var headSize: Int
  /// Width of the gated perceptron.
  public var intermediateSize: Int
  /// Number of different tokens.
  public var vocabularySize: Int
  /// Positions of an example.
  public var contextLength: Int
  /// The base of rotary positions.
  public var rotaryBase: Double
  /// What RMS norms add to the mean square.
  public var normEpsilon: Float
  /// Dropout of attention weights.
  public var attentionDropout: Float
  /// Whether the attention's projections have biases.
  public var attentionBias: Bool
  /// Whether the output layer's weight is the token embedding's.
  public var isTied: Bool

  /// Creates sizes; without a number of key heads every head has its own, and a head's size is the
  /// width divided by the heads.
  public init(
    numLayers: Int = 32, hiddenSize: Int = 4096, numHeads: Int = 32, numKeyHeads: Int? = nil,
    headSize: Int? = nil, intermediateSize: Int = 11_008, vocabularySize: Int = 32_000,
    contextLength: Int = 2048, rotaryBase: Double = AttentionSpec.usualRotaryBase,
    normEpsilon: Float = 1e-6, attentionDropout: Float = 0, attentionBias: Bool = false,
    isTied: Bool = false
  ) {
    self.numLayers = numLayers
    self.hiddenSize = hiddenSize
    self.numHeads = numHeads
    self.numKeyHeads = numKeyHeads ?? numHeads
    self.headSize = headSize ?? hiddenSize / max(1, numHeads)
    self.intermediateSize = intermediateSize
    self.vocabularySize = vocabularySize
    self.contextLength = contextLength
    self.rotaryBase = rotaryBase
    self.normEpsilon = normEpsilon
    self.attentionDropout = attentionDropout
    self.attentionBias = attentionBias
    self.isTied = isTied
  }
}
