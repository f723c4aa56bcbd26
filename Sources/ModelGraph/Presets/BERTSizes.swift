/// The sizes of a BERT.
///
/// The defaults are the published base model's (Devlin et al. 2019, section 3), uncased.
public struct BERTSizes: Hashable, Sendable {
  /// Encoder layers.
  public var numLayers: Int
  /// Width of the encoder.
  public var hiddenSize: Int
  /// Attention heads; must divide the width.
  public var numHeads: Int
  /// Width of the perceptron inside a layer.
  public var intermediateSize: Int
  /// Number of different tokens.
  public var vocabularySize: Int
  /// The longest sequence: rows of the table of positions.
  public var maxPositions: Int
  /// Positions of an example.
  public var contextLength: Int
  /// Types of tokens, such as first and second sentence.
  public var typeCount: Int
  /// Dropout of attention weights.
  public var attentionDropout: Float
  /// Dropout everywhere else.
  public var dropout: Float
  /// What layer norms add to the variance.
  public var layerNormEpsilon: Float
  /// What the encoder's output goes to.
  public var head: Head

  /// What can follow the encoder.
  public enum Head: Hashable, Sendable {
    /// Nothing: a row of features for each token.
    case none
    /// The pooler – first token, linear, tanh – and a linear layer to the classes.
    case classification(classes: Int)
    /// A transform and an output layer tied to the token embedding, with a bias.
    case maskedLM
  }

  /// Creates sizes; without an intermediate size it is four times the width.
  public init(
    numLayers: Int = 12, hiddenSize: Int = 768, numHeads: Int = 12, intermediateSize: Int? = nil,
    vocabularySize: Int = 30_522, maxPositions: Int = 512, contextLength: Int? = nil,
    typeCount: Int = 2, attentionDropout: Float = 0.1, dropout: Float = 0.1,
    layerNormEpsilon: Float = 1e-12, head: Head = .classification(classes: 2)
  ) {
    self.numLayers = numLayers
    self.hiddenSize = hiddenSize
    self.numHeads = numHeads
    self.intermediateSize = intermediateSize ?? 4 * hiddenSize
    self.vocabularySize = vocabularySize
    self.maxPositions = maxPositions
    self.contextLength = contextLength ?? maxPositions
    self.typeCount = typeCount
    self.attentionDropout = attentionDropout
    self.dropout = dropout
    self.layerNormEpsilon = layerNormEpsilon
    self.head = head
  }
}
