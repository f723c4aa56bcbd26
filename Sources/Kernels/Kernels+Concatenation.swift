public import KernelTable

extension Kernels {
  /// Copies the columns of x[rows, width] to those of y[rows, stride] from `offset` on.
  public func copyColumns(
    _ x: Floats, into y: MutableFloats, rows: Int, width: Int, stride: Int, offset: Int
  ) {
    forEachTile(rows, of: Tiling.rowTask(width: width)) { first, count in
      for row in first..<first + count {
        (y + row * stride + offset).update(from: x + row * width, count: width)
      }
    }
  }

  /// x[rows, width] = the columns of y[rows, stride] from `offset` on, added if `accumulate`.
  public func takeColumns(
    _ y: Floats, into x: MutableFloats, accumulate: Bool, rows: Int, width: Int, stride: Int,
    offset: Int
  ) {
    forEachTile(rows, of: Tiling.rowTask(width: width)) { first, count in
      for row in first..<first + count {
        let (source, target) = (y + row * stride + offset, x + row * width)
        if accumulate {
          table.add(target, source, into: target, count: width)
        } else {
          target.update(from: source, count: width)
        }
      }
    }
  }
}
