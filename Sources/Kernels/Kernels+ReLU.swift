public import KernelTable

extension Kernels {
  /// y = max(x, 0) over `count` values; y may be x.
  public func reluForward(_ x: Floats, into y: MutableFloats, count: Int) {
    forEachTile(count) { start, count in
      table.relu(x + start, into: y + start, count: count)
    }
  }

  /// dx = dy where the forward pass's output y is positive, else 0; dx may be dy or y.
  public func reluBackward(dy: Floats, y: Floats, into dx: MutableFloats, count: Int) {
    forEachTile(count) { start, count in
      table.reluBackward(dy + start, y + start, into: dx + start, count: count)
    }
  }
}
