public import KernelTable

/// The mean of each example's rows: x is [batch · positions, width], y [batch, width].
extension Kernels {
  /// y = the mean of the rows that `padding` [batch, positions] does not call padding.
  public func meanPoolForward(
    x: Floats, padding: UnsafePointer<Int32>?, into y: MutableFloats, batch: Int, positions: Int,
    width: Int
  ) {
    pool.run(tasks: batch) { example, _ in
      let target = y + example * width
      target.update(repeating: 0, count: width)
      let counted = Self.runs(of: positions, padding.map { $0 + example * positions }) { run in
        table.addRows(
          x + (example * positions + run.lowerBound) * width, rows: run.count, stride: width,
          into: target, count: width)
      }
      table.scale(target, by: 1 / Float(max(1, counted)), into: target, count: width)
    }
  }

  /// dx = a share of dy[batch, width] for each row that counts, and zero for padding; added if
  /// `accumulate`.
  public func meanPoolBackward(
    dy: Floats, padding: UnsafePointer<Int32>?, into dx: MutableFloats, accumulate: Bool,
    batch: Int, positions: Int, width: Int
  ) {
    pool.run(tasks: batch) { example, _ in
      let first = example * positions
      if !accumulate { (dx + first * width).update(repeating: 0, count: positions * width) }
      let mask = padding.map { $0 + first }
      let factor = 1 / Float(max(1, Self.runs(of: positions, mask) { _ in }))
      _ = Self.runs(of: positions, mask) { run in
        let rows = PlaneSize(run.count, 1)
        table.averagePoolBackward(
          dy + example * width, WindowShape(batch: 1, image: rows, kernel: rows),
          channels: width, factor: factor, into: dx + (first + run.lowerBound) * width)
      }
    }
  }

  /// Calls `body` with the runs of positions that are no padding, and returns how many these are.
  private static func runs(
    of positions: Int, _ mask: UnsafePointer<Int32>?, _ body: (Range<Int>) -> Void
  ) -> Int {
    guard let mask else {
      body(0..<positions)
      return positions
    }
    var (counted, next) = (0, 0)
    while next < positions {
      let start = next
      while next < positions, mask[next] != 0 { next += 1 }
      if next > start { body(start..<next) }
      counted += next - start
      next += 1
    }
    return counted
  }
}
