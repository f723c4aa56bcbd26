/// A self-attention layer's sizes.
public struct AttentionSpec: Hashable, Sendable, Codable {
  /// Heads; must divide the width unless the size of a head is given.
  public var heads: Int
  /// Heads of keys and values, each shared by as many heads as there are for it; nil: one a head.
  public var keyHeads: Int?
  /// Features of a head; nil: the width divided by the heads.
  public var headSize: Int?
  /// Whether a position sees only itself and earlier ones.
  public var causal: Bool
  /// Whether the projections have biases.
  public var bias: Bool
  /// The base of rotary positions; nil: queries and keys stay as they are.
  public var rotaryBase: Double?
  /// Dropout of attention weights, in training only.
  public var dropout: Float
  /// How the query, key and value projection is drawn.
  public var initialization: Initialization
  /// How the output projection is drawn.
  public var outputInitialization: Initialization

  /// Creates an attention layer's sizes.
  public init(
    heads: Int, keyHeads: Int? = nil, headSize: Int? = nil, causal: Bool = true,
    bias: Bool = true, rotaryBase: Double? = nil, dropout: Float = 0,
    initialization: Initialization = .fanIn, outputInitialization: Initialization = .fanIn
  ) {
    self.heads = heads
    self.keyHeads = keyHeads
    self.headSize = headSize
    self.causal = causal
    self.bias = bias
    self.rotaryBase = rotaryBase
    self.dropout = dropout
    self.initialization = initialization
    self.outputInitialization = outputInitialization
  }

  /// The base in Su and others' RoFormer, and Llama's.
  public static let usualRotaryBase = 10_000.0
}
