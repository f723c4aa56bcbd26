import KernelTable

/// Copies taps' channels into panels of `width` columns: the values that they have at one place side
/// by side.
struct TapPacking {
  let source: WindowFactor
  let taps: Range<Int>
  let places: Range<Int>
  let panels: MutableFloats

  @inline(__always)
  func pack(width: Int) {
    for panel in stride(from: 0, to: taps.count, by: width) {
      let end = min(taps.upperBound, taps.lowerBound &+ panel &+ width)
      var column = taps.lowerBound &+ panel
      var target = panels + panel &* places.count
      while column < end {
        let (tap, channel) = column.quotientAndRemainder(dividingBy: source.channels)
        let count = min(source.channels &- channel, end &- column)
        packTap(tap, channel: channel, count: count, into: target, width: width)
        column &+= count
        target += count
      }
    }
  }

  /// Copies `count` channels of one tap at all places, line of windows after line.
  @inline(__always)
  private func packTap(
    _ tap: Int, channel: Int, count: Int, into panel: MutableFloats, width: Int
  ) {
    let (vertical, horizontal) = (source.vertical, source.horizontal)
    let (tapRow, tapColumn) = tap.quotientAndRemainder(dividingBy: horizontal.taps)
    let inside = Self.inside(horizontal, tap: tapColumn, size: source.image.width)
    let left = horizontal.origin &+ tapColumn &* horizontal.tapStep
    let step = horizontal.placeStep &* source.pixelStride
    var place = places.lowerBound
    var target = panel
    while place < places.upperBound {
      let (line, first) = place.quotientAndRemainder(dividingBy: source.grid.width)
      let end = min(source.grid.width, first &+ places.upperBound &- place)
      let (image, row) = line.quotientAndRemainder(dividingBy: source.grid.height)
      let y = vertical.origin &+ row &* vertical.placeStep &+ tapRow &* vertical.tapStep
      let isInside = y >= 0 && y < source.image.height
      let from = isInside ? min(end, max(first, inside.lowerBound)) : end
      let to = isInside ? max(from, min(end, inside.upperBound)) : end
      target = clear(target, places: from &- first, count: count, width: width)
      if from < to {
        let x = left &+ from &* horizontal.placeStep
        let pixel = (image &* source.image.height &+ y) &* source.image.width &+ x
        copy(
          source.start + (pixel &* source.pixelStride &+ channel), step: step,
          places: to &- from, count: count, into: target, width: width)
        target += (to &- from) &* width
      }
      target = clear(target, places: end &- to, count: count, width: width)
      place &+= end &- first
    }
  }

  /// The places of a line whose tap lies in the image.
  @inline(__always)
  private static func inside(_ axis: WindowFactor.Axis, tap: Int, size: Int) -> Range<Int> {
    let origin = axis.origin &+ tap &* axis.tapStep
    func first(atLeast x: Int) -> Int {
      x <= origin ? 0 : (x &- origin &+ axis.placeStep &- 1) / axis.placeStep
    }
    let low = first(atLeast: 0)
    return low..<max(low, first(atLeast: size))
  }

  @inline(__always)
  private func clear(
    _ target: MutableFloats, places: Int, count: Int, width: Int
  ) -> MutableFloats {
    for place in 0..<places {
      for index in 0..<count { target[place &* width &+ index] = 0 }
    }
    return target + places &* width
  }

  @inline(__always)
  private func copy(
    _ from: Floats, step: Int, places: Int, count: Int, into target: MutableFloats, width: Int
  ) {
    let whole = count / lanes &* lanes
    for place in 0..<places {
      let (pixel, row) = (from + place &* step, target + place &* width)
      var index = 0
      while index < whole {
        Vector(pixel, at: index).store(to: row, at: index)
        index &+= lanes
      }
      while index < count {
        row[index] = pixel[index]
        index &+= 1
      }
    }
  }
}
