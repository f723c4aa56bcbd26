import KernelTable

/// Copies windows of images into panels of `width` rows: the values at one k side by side.
struct WindowPacking {
  let source: WindowFactor
  let places: Range<Int>
  let ks: Range<Int>
  let panels: MutableFloats

  @inline(__always)
  func pack(width: Int) {
    for panel in stride(from: 0, to: places.count, by: width) {
      let first = places.lowerBound &+ panel
      let origins = WindowOrigins(source, first: first, end: places.upperBound)
      packPanel(
        origins, count: min(width, places.upperBound &- first),
        into: panels + panel &* ks.count, width: width)
    }
  }

  @inline(__always)
  private func packPanel(
    _ origins: WindowOrigins, count: Int, into panel: MutableFloats, width: Int
  ) {
    var k = ks.lowerBound
    while k < ks.upperBound {
      let (tap, channel) = k.quotientAndRemainder(dividingBy: source.channels)
      let end = min(ks.upperBound, k &- channel &+ source.channels)
      let pixels = origins.pixels(
        source, row: tap / source.horizontal.taps, column: tap % source.horizontal.taps)
      packTap(
        pixels, count: count, channels: channel..<channel &+ end &- k,
        into: panel + (k &- ks.lowerBound) &* width, rest: ks.upperBound &- k, width: width)
      k = end
    }
  }

  /// Squares of 16 × 16 by way of registers, then value by value.
  ///
  /// - Parameter rest: how much of k the panel has from here on: a square's last vectors reach beyond
  ///   their k, which is written later, but mustn't reach beyond the panel.
  @inline(__always)
  private func packTap(
    _ pixels: InlineArray<16, Int>, count: Int, channels: Range<Int>, into target: MutableFloats,
    rest: Int, width: Int
  ) {
    var done = 0
    while done &+ lanes <= channels.count {
      var square = InlineArray<16, Vector>(repeating: .zero)
      for line in 0..<lanes where pixels[line] >= 0 {
        square[line] = Vector(source.start, at: pixels[line] &+ channels.lowerBound &+ done)
      }
      ProductPacking.transpose(&square)
      let free = rest &- done &+ lanes &- ProductPacking.reach(width)
      let safe = max(0, min(lanes, free))
      if width == 12 {
        for k in stride(from: 0, to: lanes, by: 4) {
          ProductPacking.storeTwelves(
            square[k], square[k &+ 1], square[k &+ 2], square[k &+ 3],
            to: target + (done &+ k) &* width)
        }
      } else {
        for k in 0..<safe { square[k].store(to: target, at: (done &+ k) &* width) }
        for k in safe..<lanes {
          square[k].store(to: target, at: (done &+ k) &* width, count: width)
        }
      }
      done &+= lanes
    }
    for line in 0..<count {
      let pixel = pixels[line]
      for k in done..<channels.count {
        target[k &* width &+ line] =
          pixel < 0 ? 0 : source.start[pixel &+ channels.lowerBound &+ k]
      }
    }
  }
}

/// The first taps of up to 16 windows side by side in a panel.
struct WindowOrigins {
  private var rows = InlineArray<16, Int>(repeating: 0)
  private var columns = InlineArray<16, Int>(repeating: 0)
  /// Floats from the first image's first pixel.
  private var offsets = InlineArray<16, Int>(repeating: 0)

  /// The windows from place `first` on; past `end` the last one again.
  @inline(__always)
  init(_ source: WindowFactor, first: Int, end: Int) {
    let grid = source.grid
    var (image, place) = first.quotientAndRemainder(dividingBy: grid.count)
    var (row, column) = place.quotientAndRemainder(dividingBy: grid.width)
    place = first
    for line in 0..<lanes {
      let y = source.vertical.origin &+ row &* source.vertical.placeStep
      let x = source.horizontal.origin &+ column &* source.horizontal.placeStep
      rows[line] = y
      columns[line] = x
      offsets[line] =
        ((image &* source.image.height &+ y) &* source.image.width &+ x) &* source.pixelStride
      guard place &+ 1 < end else { continue }
      place &+= 1
      column &+= 1
      if column == grid.width {
        column = 0
        row &+= 1
      }
      if row == grid.height {
        row = 0
        image &+= 1
      }
    }
  }

  /// Where the pixels of one tap begin; −1 for those outside of their image.
  @inline(__always)
  func pixels(_ source: WindowFactor, row: Int, column: Int) -> InlineArray<16, Int> {
    let (down, across) = (row &* source.vertical.tapStep, column &* source.horizontal.tapStep)
    let distance = (down &* source.image.width &+ across) &* source.pixelStride
    let (height, width) = (UInt(source.image.height), UInt(source.image.width))
    var result = InlineArray<16, Int>(repeating: -1)
    for line in 0..<lanes {
      let y = UInt(bitPattern: rows[line] &+ down)
      let x = UInt(bitPattern: columns[line] &+ across)
      // A negative number is a large one without its sign.
      if y < height, x < width { result[line] = offsets[line] &+ distance }
    }
    return result
  }
}
