public import KernelTable

/// A convolution's sizes, as PyTorch names them.
public struct ConvolutionSpec: Hashable, Sendable, Codable {
  /// Output channels.
  public var outChannels: Int
  /// Taps of a window.
  public var kernel: PlaneSize
  /// Pixels from window to window.
  public var stride: PlaneSize
  /// Zeros around the image.
  public var padding: PlaneSize
  /// Pixels from tap to tap.
  public var dilation: PlaneSize
  /// Parts of the channels that are convolved by themselves; divide both channel counts.
  public var groups: Int
  /// Whether a bias is added.
  public var bias: Bool
  /// How the weight is drawn; the bias is drawn alike for `.fanIn`, else zero.
  public var initialization: Initialization

  /// Creates a convolution's sizes.
  public init(
    outChannels: Int, kernel: PlaneSize, stride: PlaneSize = PlaneSize(1),
    padding: PlaneSize = PlaneSize(0), dilation: PlaneSize = PlaneSize(1), groups: Int = 1,
    bias: Bool = true, initialization: Initialization = .fanIn
  ) {
    self.outChannels = outChannels
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.groups = groups
    self.bias = bias
    self.initialization = initialization
  }
}

/// The windows of a pooling layer.
public struct PoolingSpec: Hashable, Sendable, Codable {
  /// Pixels of a window.
  public var kernel: PlaneSize
  /// Pixels from window to window.
  public var stride: PlaneSize
  /// Pixels around the image, at most half of the kernel.
  ///
  /// They are below every value for a maximum, zeros for a mean.
  public var padding: PlaneSize

  /// Creates windows; they lie side by side unless a stride is given.
  public init(kernel: PlaneSize, stride: PlaneSize? = nil, padding: PlaneSize = PlaneSize(0)) {
    self.kernel = kernel
    self.stride = stride ?? kernel
    self.padding = padding
  }
}
