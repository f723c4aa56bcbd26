import KernelTable

extension VectorKernels {
  func copyStrip(
    _ strip: WindowStrip, image: Int, line: Int, rows: Range<Int>, into pixels: MutableFloats
  ) {
    let source = strip.source
    let width = strip.horizontal.count &* strip.pixelStride
    let first = strip.vertical.origin &+ line &* source.vertical.placeStep
    let inside = strip.horizontal.inside(source.image.width)
    for row in rows {
      let target = pixels + row &* width
      let y = first &+ row &* strip.vertical.step
      guard y >= 0, y < source.image.height, !inside.isEmpty else {
        target.update(repeating: 0, count: width)
        continue
      }
      let (low, high) = (
        inside.lowerBound &* strip.pixelStride, inside.upperBound &* strip.pixelStride
      )
      target.update(repeating: 0, count: low)
      (target + high).update(repeating: 0, count: width &- high)
      let x = strip.horizontal.origin &+ inside.lowerBound &* strip.horizontal.step
      let pixel = (image &* source.image.height &+ y) &* source.image.width &+ x
      copyPixels(
        source.start + pixel &* source.pixelStride,
        step: strip.horizontal.step &* source.pixelStride, strip, count: inside.count,
        into: target + low)
    }
  }

  private func copyPixels(
    _ from: Floats, step: Int, _ strip: WindowStrip, count: Int, into target: MutableFloats
  ) {
    let (channels, stride) = (strip.source.channels, strip.pixelStride)
    if step == channels, stride == channels {
      target.update(from: from, count: count &* channels)
      return
    }
    for pixel in 0..<count {
      let (from, target) = (from + pixel &* step, target + pixel &* stride)
      var i = 0
      while i &+ lanes <= channels {
        Vector(from, at: i).store(to: target, at: i)
        i &+= lanes
      }
      while i < channels {
        target[i] = from[i]
        i &+= 1
      }
    }
  }
}

extension WindowStrip.Axis {
  /// The pixels that lie in an image of this size.
  fileprivate func inside(_ size: Int) -> Range<Int> {
    let low = origin >= 0 ? 0 : min(count, (step &- 1 &- origin) / step)
    let high = origin >= size ? 0 : min(count, (size &- origin &+ step &- 1) / step)
    return low..<max(low, high)
  }
}
