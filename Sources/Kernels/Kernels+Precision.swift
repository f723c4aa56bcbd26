public import KernelTable

/// bf16 is the upper half of an f32 (Wang and Kanwar 2019): the same range, 8 bits of precision.
extension Kernels {
  /// y = x over `count` values of bf16, exactly.
  public func widen(_ x: UnsafePointer<UInt16>, into y: MutableFloats, count: Int) {
    forEachTile(count) { start, count in
      table.widen(x + start, into: y + start, count: count)
    }
  }

  /// y = x over `count` values, rounded to the nearest bf16, ties to even.
  public func round(_ x: Floats, into y: UnsafeMutablePointer<UInt16>, count: Int) {
    forEachTile(count) { start, count in
      table.round(x + start, into: y + start, count: count)
    }
  }
}
