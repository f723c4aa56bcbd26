public import KernelTable

extension Kernels {
  /// y = a + b over `count` values; y may be a or b.
  public func add(_ a: Floats, _ b: Floats, into y: MutableFloats, count: Int) {
    forEachTile(count) { start, count in
      table.add(a + start, b + start, into: y + start, count: count)
    }
  }

  /// y = a·b over `count` values; y may be a or b.
  public func multiply(_ a: Floats, _ b: Floats, into y: MutableFloats, count: Int) {
    forEachTile(count) { start, count in
      table.multiply(a + start, b + start, into: y + start, count: count)
    }
  }

  /// y = y + x over `count` values.
  public func accumulate(_ x: Floats, into y: MutableFloats, count: Int) {
    add(y, x, into: y, count: count)
  }

  /// y = value, `count` times.
  public func fill(_ y: MutableFloats, with value: Float, count: Int) {
    forEachTile(count) { start, count in (y + start).update(repeating: value, count: count) }
  }

  /// y = x over `count` values; x and y are equal or don't overlap.
  public func copy(_ x: Floats, into y: MutableFloats, count: Int) {
    forEachTile(count) { start, count in (y + start).update(from: x + start, count: count) }
  }

  /// Calls `body` with the start and size of each elementwise tile, in parallel.
  func forEachTile(
    _ count: Int, of size: Int = Tiling.elements, _ body: (_ start: Int, _ count: Int) -> Void
  ) {
    precondition(count >= 0, "a kernel needs a count of at least 0")
    pool.run(tasks: Tiling.blocks(count, of: size)) { task, _ in
      body(task * size, min(size, count - task * size))
    }
  }
}
