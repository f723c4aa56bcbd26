/// The sizes of a vision transformer.
///
/// The defaults are the published ViT-B/16's (Dosovitskiy et al. 2021, table 1).
public struct ViTSizes: Hashable, Sendable {
  /// Lines of an image.
  public var height: Int
  /// Pixels of a line.
  public var width: Int
  /// Channels of an image.
  public var channels: Int
  /// Lines and pixels of a patch; divides both.
  public var patch: Int
  /// Transformer blocks.
  public var numLayers: Int
  /// Width of the residual stream.
  public var hiddenSize: Int
  /// Attention heads; must divide the width.
  public var numHeads: Int
  /// Width inside of a block's perceptron.
  public var intermediateSize: Int
  /// Classes.
  public var classes: Int
  /// Dropout after the embedding and at the end of each residual branch.
  public var dropout: Float

  /// Creates sizes; the perceptron is four times as wide as the residual stream unless it is given.
  public init(
    height: Int = 224, width: Int = 224, channels: Int = 3, patch: Int = 16, numLayers: Int = 12,
    hiddenSize: Int = 768, numHeads: Int = 12, intermediateSize: Int? = nil, classes: Int = 1000,
    dropout: Float = 0
  ) {
    self.height = height
    self.width = width
    self.channels = channels
    self.patch = patch
    self.numLayers = numLayers
    self.hiddenSize = hiddenSize
    self.numHeads = numHeads
    self.intermediateSize = intermediateSize ?? 4 * hiddenSize
    self.classes = classes
    self.dropout = dropout
  }

  /// Patches of an image.
  public var positions: Int { (height / patch) * (width / patch) }
}
