/// Windows over a batch of images: where the taps of each lie.
///
/// Tap (a, b) of the window at (i, j) reads the pixel (i·stride − padding + a·dilation, …); what lies
/// outside of the image counts as padding.
public struct WindowShape: Hashable, Sendable {
  /// Images.
  public var batch: Int
  /// Pixels of an image.
  public var image: PlaneSize
  /// Taps of a window.
  public var kernel: PlaneSize
  /// Pixels from window to window.
  public var stride: PlaneSize
  /// Pixels around the image.
  public var padding: PlaneSize
  /// Pixels from tap to tap.
  public var dilation: PlaneSize

  /// Creates windows.
  public init(
    batch: Int, image: PlaneSize, kernel: PlaneSize, stride: PlaneSize = PlaneSize(1),
    padding: PlaneSize = PlaneSize(0), dilation: PlaneSize = PlaneSize(1)
  ) {
    self.batch = batch
    self.image = image
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
  }

  /// Windows of an image, as PyTorch counts them (rounded down); 0 or less where none fits.
  public var places: PlaneSize {
    PlaneSize(
      Self.places(image.height, kernel.height, stride.height, padding.height, dilation.height),
      Self.places(image.width, kernel.width, stride.width, padding.width, dilation.width))
  }

  /// Windows of all images.
  public var rows: Int { batch * places.count }
  /// Pixels of all images.
  public var pixels: Int { batch * image.count }

  /// Whether each window is one pixel, and each pixel one window.
  public var isPointwise: Bool {
    kernel == PlaneSize(1) && stride == PlaneSize(1) && padding == PlaneSize(0)
  }

  private static func places(
    _ size: Int, _ kernel: Int, _ stride: Int, _ padding: Int, _ dilation: Int
  ) -> Int {
    let room = size + 2 * padding - dilation * (kernel - 1) - 1
    return room < 0 ? 0 : room / stride + 1
  }
}
