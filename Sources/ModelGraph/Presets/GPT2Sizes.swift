/// The sizes of a GPT-2.
///
/// The defaults are the published 124 M model's (Radford et al. 2019, table 2).
public struct GPT2Sizes: Hashable, Sendable {
  /// Transformer blocks.
  public var numLayers: Int
  /// Width of the residual stream; the perceptron inside a block is four times as wide.
  public var hiddenSize: Int
  /// Attention heads; must divide the width.
  public var numHeads: Int
  /// Number of different tokens.
  public var vocabularySize: Int
  /// Positions of an example.
  public var contextLength: Int
  /// The longest sequence: rows of the table of positions.
  public var maxPositions: Int
  /// Dropout after the embeddings, of attention weights, and at the end of each residual branch.
  public var dropout: Float
  /// What layer norms add to the variance.
  public var layerNormEpsilon: Float
  /// Whether examples may be shorter than the context: attention then does not see the padding.
  public var isPadded: Bool

  /// Creates sizes; without a longest sequence it is that of the examples.
  public init(
    numLayers: Int = 12, hiddenSize: Int = 768, numHeads: Int = 12,
    vocabularySize: Int = 50_257, contextLength: Int = 1024, maxPositions: Int? = nil,
    dropout: Float = 0.1,
    layerNormEpsilon: Float = 1e-5, isPadded: Bool = false
  ) {
    self.numLayers = numLayers
    self.hiddenSize = hiddenSize
    self.numHeads = numHeads
    self.vocabularySize = vocabularySize
    self.contextLength = contextLength
    self.maxPositions = maxPositions ?? contextLength
    self.dropout = dropout
    self.layerNormEpsilon = layerNormEpsilon
    self.isPadded = isPadded
  }
}
