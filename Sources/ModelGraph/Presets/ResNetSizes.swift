/// The sizes of a residual network.
public struct ResNetSizes: Hashable, Sendable {
  /// How many layers have weights, and with that which blocks there are.
  ///
  /// He et al. 2016, table 1.
  public enum Depth: Int, Hashable, Sendable, CaseIterable {
    case eighteen = 18
    case thirtyFour = 34
    case fifty = 50

    /// Blocks of each stage.
    var blocks: [Int] { self == .eighteen ? [2, 2, 2, 2] : [3, 4, 6, 3] }
    /// How many times wider a block's output is than its inside.
    var expansion: Int { self == .fifty ? 4 : 1 }
  }

  /// What comes before the stages.
  public enum Stem: String, Hashable, Sendable, CaseIterable {
    /// A 7 × 7 convolution of stride 2 and a pooling layer: images of about 224 × 224.
    case imageNet = "imagenet"
    /// A 3 × 3 convolution: images of 32 × 32.
    case cifar
  }

  /// The depth.
  public var depth: Depth
  /// The stem.
  public var stem: Stem
  /// Lines of an image.
  public var height: Int
  /// Pixels of a line.
  public var width: Int
  /// Channels of an image.
  public var channels: Int
  /// Classes.
  public var classes: Int
  /// Channels inside of the first stage's blocks; each next stage has twice as many.
  public var baseWidth: Int

  /// Creates sizes; without further ones the published network's for ImageNet.
  public init(
    depth: Depth, stem: Stem = .imageNet, height: Int = 224, width: Int = 224, channels: Int = 3,
    classes: Int = 1000, baseWidth: Int = 64
  ) {
    self.depth = depth
    self.stem = stem
    self.height = height
    self.width = width
    self.channels = channels
    self.classes = classes
    self.baseWidth = baseWidth
  }
}
