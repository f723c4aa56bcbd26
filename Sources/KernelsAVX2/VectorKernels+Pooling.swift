import KernelTable

extension VectorKernels {
  func maxPool(_ x: Floats, _ windows: WindowShape, channels: Int, into y: MutableFloats) {
    forEachWindow(windows) { place, taps in
      forEachVector(channels) { i, count in
        var largest = Vector(repeating: -.infinity)
        taps { pixel in
          let value = Vector(x, at: pixel &* channels &+ i, count: count)
          // Not "smaller or equal", so that NaN takes a place and keeps it.
          largest.replace(with: value, where: (value .> largest) .| (value .!= value))
        }
        largest.store(to: y, at: place &* channels &+ i, count: count)
      }
    }
  }

  func maxPoolBackward(
    _ dy: Floats, x: Floats, y: Floats, _ windows: WindowShape, channels: Int,
    into dx: MutableFloats
  ) {
    forEachWindow(windows) { place, taps in
      forEachVector(channels) { i, count in
        let largest = Vector(y, at: place &* channels &+ i, count: count)
        var rest = Vector(dy, at: place &* channels &+ i, count: count)
        taps { pixel in
          let at = pixel &* channels &+ i
          let isLargest = Vector(x, at: at, count: count) .== largest
          let sum = Vector(dx, at: at, count: count)
          sum.replacing(with: sum + rest, where: isLargest).store(to: dx, at: at, count: count)
          rest.replace(with: Vector.zero, where: isLargest)
        }
      }
    }
  }

  func averagePool(
    _ x: Floats, _ windows: WindowShape, channels: Int, factor: Float, into y: MutableFloats
  ) {
    forEachWindow(windows) { place, taps in
      forEachVector(channels) { i, count in
        var sum = Vector.zero
        taps { pixel in sum += Vector(x, at: pixel &* channels &+ i, count: count) }
        (sum * factor).store(to: y, at: place &* channels &+ i, count: count)
      }
    }
  }

  func averagePoolBackward(
    _ dy: Floats, _ windows: WindowShape, channels: Int, factor: Float, into dx: MutableFloats
  ) {
    forEachWindow(windows) { place, taps in
      forEachVector(channels) { i, count in
        let share = Vector(dy, at: place &* channels &+ i, count: count) * factor
        taps { pixel in
          let at = pixel &* channels &+ i
          (Vector(dx, at: at, count: count) + share).store(to: dx, at: at, count: count)
        }
      }
    }
  }

  func scale(_ x: Floats, by factor: Float, into y: MutableFloats, count: Int) {
    apply(Scaling(factor: factor), x, into: y, count: count)
  }
}

private struct Scaling: UnaryOperation {
  let factor: Float

  @inline(__always)
  func callAsFunction(_ x: Vector) -> Vector { x * factor }
}

/// Calls `body` with each window of one image, and what visits the pixels of the window that lie in the
/// image, line by line.
@inline(__always)
private func forEachWindow(
  _ windows: WindowShape, _ body: (_ place: Int, _ taps: ((_ pixel: Int) -> Void) -> Void) -> Void
) {
  let (places, image) = (windows.places, windows.image)
  for place in 0..<places.count {
    let top = place / places.width &* windows.stride.height &- windows.padding.height
    let left = place % places.width &* windows.stride.width &- windows.padding.width
    body(place) { visit in
      for a in 0..<windows.kernel.height {
        let y = top &+ a &* windows.dilation.height
        guard y >= 0, y < image.height else { continue }
        for b in 0..<windows.kernel.width {
          let x = left &+ b &* windows.dilation.width
          if x >= 0, x < image.width { visit(y &* image.width &+ x) }
        }
      }
    }
  }
}
