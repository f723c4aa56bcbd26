public import KernelTable

/// Pooling over images [batch · height · width, channels] with windows of a shape.
extension Kernels {
  /// y = the largest value of each channel in each window.
  public func maxPoolForward(
    _ windows: WindowShape, channels: Int, x: Floats, into y: MutableFloats
  ) {
    forEachImage(windows, channels) { image, result in
      table.maxPool(x + image, windows, channels: channels, into: y + result)
    }
  }

  /// Adds each dy to the first pixel of its window, line by line, that has the value y.
  public func maxPoolBackward(
    _ windows: WindowShape, channels: Int, dy: Floats, x: Floats, y: Floats,
    into dx: MutableFloats, accumulate: Bool
  ) {
    forEachImage(windows, channels) { image, result in
      clear(dx + image, count: windows.image.count * channels, unless: accumulate)
      table.maxPoolBackward(
        dy + result, x: x + image, y: y + result, windows, channels: channels, into: dx + image)
    }
  }

  /// y = the mean of each window; pixels outside of the image count as zeros, as PyTorch counts them.
  public func averagePoolForward(
    _ windows: WindowShape, channels: Int, x: Floats, into y: MutableFloats
  ) {
    let factor = 1 / Float(windows.kernel.count)
    forEachImage(windows, channels) { image, result in
      table.averagePool(
        x + image, windows, channels: channels, factor: factor, into: y + result)
    }
  }

  /// Adds a share of each dy to all pixels of its window.
  public func averagePoolBackward(
    _ windows: WindowShape, channels: Int, dy: Floats, into dx: MutableFloats, accumulate: Bool
  ) {
    let factor = 1 / Float(windows.kernel.count)
    forEachImage(windows, channels) { image, result in
      clear(dx + image, count: windows.image.count * channels, unless: accumulate)
      table.averagePoolBackward(
        dy + result, windows, channels: channels, factor: factor, into: dx + image)
    }
  }

  /// y = x with each pixel `factor` times as high and wide: y[…, i, j] = x[…, i / factor, j / factor].
  public func upsampleForward(
    _ image: PlaneSize, factor: PlaneSize, batch: Int, channels: Int, x: Floats,
    into y: MutableFloats
  ) {
    pool.run(tasks: batch * image.height) { line, _ in
      let width = image.width * factor.width
      let first = y + line * factor.height * width * channels
      for column in 0..<width {
        (first + column * channels).update(
          from: x + (line * image.width + column / factor.width) * channels, count: channels)
      }
      for row in 1..<max(1, factor.height) {
        (first + row * width * channels).update(from: first, count: width * channels)
      }
    }
  }

  /// dx = the sum of dy over the pixels that each became, added if `accumulate`.
  public func upsampleBackward(
    _ image: PlaneSize, factor: PlaneSize, batch: Int, channels: Int, dy: Floats,
    into dx: MutableFloats, accumulate: Bool
  ) {
    pool.run(tasks: batch * image.height) { line, _ in
      let width = image.width * factor.width
      for column in 0..<image.width {
        let target = dx + (line * image.width + column) * channels
        if !accumulate { target.update(repeating: 0, count: channels) }
        for row in 0..<factor.height {
          let source = (line * factor.height + row) * width + column * factor.width
          table.addRows(
            dy + source * channels, rows: factor.width, stride: channels, into: target,
            count: channels)
        }
      }
    }
  }

  private func clear(_ target: MutableFloats, count: Int, unless accumulate: Bool) {
    if !accumulate { target.update(repeating: 0, count: count) }
  }

  /// Calls `body` with the begin of each image and of its result, in parallel.
  private func forEachImage(
    _ windows: WindowShape, _ channels: Int, _ body: (_ image: Int, _ result: Int) -> Void
  ) {
    pool.run(tasks: windows.batch) { index, _ in
      body(
        index * windows.image.count * channels, index * windows.places.count * channels)
    }
  }
}
