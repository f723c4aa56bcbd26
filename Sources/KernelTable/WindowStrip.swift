/// The pixels that the windows of some lines of places read, as a copy of their own: with zeros where
/// windows reach beyond the image, so that values of a product's factor lie at equal distances.
///
/// The copy is about as large as the lines; packed windows would be larger by the number of taps.
public struct WindowStrip {
  /// The windows.
  public let source: WindowFactor
  /// Lines of places in an image.
  public let lines: Int
  /// Where the pixels lie, down.
  public let vertical: Axis
  /// Where the pixels lie, across.
  public let horizontal: Axis
  /// Floats from pixel to pixel.
  public let pixelStride: Int

  /// One direction of a strip.
  public struct Axis {
    /// Pixels.
    public let count: Int
    /// The image's pixel that the first one is, for windows from the first place on.
    public let origin: Int
    /// Pixels of the image from one to the next: with one tap, others are never read.
    public let step: Int
    /// Pixels from place to place.
    public let placeStep: Int
    /// Pixels from tap to tap.
    public let tapStep: Int
    /// The pixel that the first place's first tap reads.
    public let firstTap: Int

    init(_ axis: WindowFactor.Axis, places: Int) {
      let isPoint = axis.taps == 1
      let reach = (axis.taps - 1) * axis.tapStep
      origin = axis.origin + min(0, reach)
      step = isPoint ? axis.placeStep : 1
      placeStep = isPoint ? 1 : axis.placeStep
      tapStep = axis.tapStep
      firstTap = -min(0, reach)
      count = (places - 1) * placeStep + abs(reach) + 1
    }
  }

  /// Lays out the pixels for some lines of an image.
  public init(_ source: WindowFactor, lines: Int) {
    self.source = source
    self.lines = lines
    vertical = Axis(source.vertical, places: lines)
    horizontal = Axis(source.horizontal, places: source.grid.width)
    // Rows of a tile at distances of 2048 bytes would share a few lines of the L1 cache.
    pixelStride = source.channels % 512 == 0 ? source.channels + 16 : source.channels
  }

  /// Floats of all pixels.
  public var floats: Int { vertical.count * horizontal.count * pixelStride }

  /// Floats behind the last line that a tile may read, though nothing comes of them: it has an even
  /// number of rows.
  public var slack: Int { placeStride }

  /// Floats from a place to the next.
  public var placeStride: Int { horizontal.placeStep * pixelStride }

  /// Floats from a line of places to the next.
  public var lineStride: Int { vertical.placeStep * horizontal.count * pixelStride }

  /// How many values of a window lie side by side: a tap's channels, or those of all taps across.
  public var run: Int {
    let across = source.horizontal
    return across.tapStep == 1 && pixelStride == source.channels
      ? across.taps * source.channels : source.channels
  }

  /// Floats from a place's origin to a value of its window, by the value's number in it.
  public func offset(ofWindowValue k: Int) -> Int {
    let (tap, channel) = k.quotientAndRemainder(dividingBy: source.channels)
    let (row, column) = tap.quotientAndRemainder(dividingBy: source.horizontal.taps)
    let y = vertical.firstTap + row * vertical.tapStep
    let x = horizontal.firstTap + column * horizontal.tapStep
    return (y * horizontal.count + x) * pixelStride + channel
  }
}
