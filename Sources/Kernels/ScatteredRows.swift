import KernelTable

/// Where the rows of a product's result lie when they are some of the pixels of images: every
/// `step`-th from `origin` on, down and across.
struct ScatteredRows {
  let origin: PlaneSize
  let step: PlaneSize
  let image: PlaneSize
  /// How many of an image's pixels they are.
  let grid: PlaneSize

  /// The pixel of a row, over all images.
  func pixel(ofRow row: Int) -> Int {
    let (image, place) = (row / grid.count, row % grid.count)
    let y = origin.height + place / grid.width * step.height
    let x = origin.width + place % grid.width * step.width
    return (image * self.image.height + y) * self.image.width + x
  }

  /// Copies a part of the result to where its rows lie side by side.
  func gather(
    _ rows: Range<Int>, _ columns: Range<Int>, of result: ProductBlock, into part: ProductBlock
  ) {
    for (index, row) in rows.enumerated() {
      let source = result.start + pixel(ofRow: row) * result.stride + columns.lowerBound
      (part.start + index * part.stride).update(from: source, count: columns.count)
    }
  }

  /// Copies a part back.
  func scatter(
    _ part: ProductBlock, to rows: Range<Int>, _ columns: Range<Int>, of result: ProductBlock
  ) {
    for (index, row) in rows.enumerated() {
      let target = result.start + pixel(ofRow: row) * result.stride + columns.lowerBound
      target.update(from: part.start + index * part.stride, count: columns.count)
    }
  }

  /// Zeroes the rows, of `columns` values each.
  func clear(_ start: MutableFloats, batch: Int, stride: Int, columns: Int) {
    for row in 0..<batch * grid.count {
      (start + pixel(ofRow: row) * stride).update(repeating: 0, count: columns)
    }
  }
}
