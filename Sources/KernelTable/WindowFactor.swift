/// A factor of a matrix product made of windows of images, gathered while it is packed.
///
/// It has a row for each place of a grid over each image, and in it for each tap the channels of one
/// pixel; zeros for taps outside of the image. No such matrix ever exists in memory.
public struct WindowFactor {
  /// The first channel that is read of the first image's first pixel.
  public var start: Floats
  /// Pixels of an image.
  public var image: PlaneSize
  /// Floats from pixel to pixel.
  public var pixelStride: Int
  /// Channels of a tap.
  public var channels: Int
  /// Places in an image.
  public var grid: PlaneSize
  /// Where taps lie, down.
  public var vertical: Axis
  /// Where taps lie, across.
  public var horizontal: Axis

  /// Where the taps of each place lie in one direction: at origin + place · placeStep + tap · tapStep.
  public struct Axis {
    /// Taps of a window.
    public var taps: Int
    /// The first place's first tap.
    public var origin: Int
    /// Pixels from place to place.
    public var placeStep: Int
    /// Pixels from tap to tap.
    public var tapStep: Int

    /// Creates an axis.
    public init(taps: Int, origin: Int, placeStep: Int, tapStep: Int) {
      self.taps = taps
      self.origin = origin
      self.placeStep = placeStep
      self.tapStep = tapStep
    }
  }

  /// Creates a factor.
  public init(
    start: Floats, image: PlaneSize, pixelStride: Int, channels: Int, grid: PlaneSize,
    vertical: Axis, horizontal: Axis
  ) {
    self.start = start
    self.image = image
    self.pixelStride = pixelStride
    self.channels = channels
    self.grid = grid
    self.vertical = vertical
    self.horizontal = horizontal
  }
}
