import KernelTable

/// Copies windows of images into panels of rows: the values at one k side by side.
struct WindowPacking {
  let source: WindowFactor
  let places: Range<Int>
  let ks: Range<Int>
  let panels: MutableFloats

  func pack() {
    for panel in stride(from: 0, to: places.count, by: RowPanels.rows) {
      let first = places.lowerBound &+ panel
      pack(
        WindowOrigins(source, first: first, end: places.upperBound),
        into: RowPanels(
          start: panels + panel &* ks.count, depth: ks.count,
          count: min(RowPanels.rows, places.upperBound &- first)))
    }
  }

  @inline(__always)
  private func pack(_ origins: WindowOrigins, into target: RowPanels) {
    var k = ks.lowerBound
    while k < ks.upperBound {
      let (tap, channel) = k.quotientAndRemainder(dividingBy: source.channels)
      let end = min(ks.upperBound, k &- channel &+ source.channels)
      let pixels = origins.pixels(
        source, row: tap / source.horizontal.taps, column: tap % source.horizontal.taps)
      packTap(
        pixels, channels: channel..<channel &+ end &- k, into: target, k: k &- ks.lowerBound)
      k = end
    }
  }

  /// Squares of 16 × 16 by way of registers, then value by value.
  @inline(__always)
  private func packTap(
    _ pixels: InlineArray<16, Int>, channels: Range<Int>, into target: RowPanels, k first: Int
  ) {
    var done = 0
    while done &+ lanes <= channels.count {
      var square = ProductPacking.emptySquare
      for line in 0..<lanes where pixels[line] >= 0 {
        square[line] = Vector(source.start, at: pixels[line] &+ channels.lowerBound &+ done)
      }
      ProductPacking.transpose(&square)
      target.store(square, k: first &+ done)
      done &+= lanes
    }
    for line in 0..<target.count {
      let pixel = pixels[line]
      for k in done..<channels.count {
        let value = pixel < 0 ? 0 : source.start[pixel &+ channels.lowerBound &+ k]
        target.store(value, row: line, k: first &+ k)
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
