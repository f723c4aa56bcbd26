/// The sizes of a convolution over images whose channels lie last.
///
/// x is [batch · height · width, inputs], y [batch · places, outputs], the weight [outputs, kernel
/// height, kernel width, inputs / groups].
public struct ConvolutionShape: Hashable, Sendable {
  /// Images and windows.
  public var windows: WindowShape
  /// Channels of x.
  public var inputs: Int
  /// Channels of y.
  public var outputs: Int
  /// Parts of the channels that know nothing of each other; divide both counts.
  public var groups: Int

  /// Creates sizes.
  public init(windows: WindowShape, inputs: Int, outputs: Int, groups: Int = 1) {
    self.windows = windows
    self.inputs = inputs
    self.outputs = outputs
    self.groups = groups
  }

  /// Channels of x that a group reads.
  public var groupInputs: Int { inputs / groups }
  /// Channels of y that a group makes.
  public var groupOutputs: Int { outputs / groups }
  /// Values of a window in a group: the length of a dot product.
  public var depth: Int { windows.kernel.count * groupInputs }
}
