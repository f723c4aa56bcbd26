/// Pixels of an image that the same taps of windows reach: those of one remainder by the stride.
///
/// With a stride above 1 a tap reaches only some of the pixels. Their gradients then are sums over
/// fewer taps, so that no work is done for products with nothing.
public struct PixelClass: Hashable, Sendable {
  /// The pixels, down and across.
  public var vertical: Axis
  /// The same across.
  public var horizontal: Axis

  /// One direction of a class.
  public struct Axis: Hashable, Sendable {
    /// The first pixel.
    public var first: Int
    /// Pixels of the class.
    public var count: Int
    /// The first tap that reaches them.
    public var firstTap: Int
    /// Taps from one that reaches them to the next.
    public var tapStep: Int
    /// Taps that reach them.
    public var taps: Int
    /// The window in which the first tap reaches the first pixel.
    public var window: Int
    /// Windows from a tap's to that of the next one; each next pixel is one window further.
    public var windowStep: Int
  }

  /// Pixels of an image in the class.
  public var grid: PlaneSize { PlaneSize(vertical.count, horizontal.count) }
  /// Taps that reach each.
  public var taps: PlaneSize { PlaneSize(vertical.taps, horizontal.taps) }
}

extension WindowShape {
  /// The classes of an image's pixels; one where the stride is 1.
  public var pixelClasses: [PixelClass] {
    let down = Self.classes(
      image.height, kernel.height, stride.height, padding.height, dilation.height)
    let across = Self.classes(
      image.width, kernel.width, stride.width, padding.width, dilation.width)
    return down.flatMap { vertical in
      across.map { PixelClass(vertical: vertical, horizontal: $0) }
    }
  }

  /// Tap t of window w reaches pixel w · stride − padding + t · dilation.
  private static func classes(
    _ size: Int, _ kernel: Int, _ stride: Int, _ padding: Int, _ dilation: Int
  ) -> [PixelClass.Axis] {
    // Taps this far apart reach the same pixels.
    let period = stride / divisor(stride, dilation)
    return (0..<min(stride, size)).map { first in
      let tap = (0..<min(period, kernel)).first { (first + padding - $0 * dilation) % stride == 0 }
      let reach = tap ?? kernel
      return PixelClass.Axis(
        first: first, count: (size - first + stride - 1) / stride, firstTap: reach,
        tapStep: period, taps: (kernel - reach + period - 1) / period,
        window: tap.map { (first + padding - $0 * dilation) / stride } ?? 0,
        windowStep: -period * dilation / stride)
    }
  }

  private static func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
}
