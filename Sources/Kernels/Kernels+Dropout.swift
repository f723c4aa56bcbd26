public import KernelTable

extension Kernels {
  /// y = x·mask/(1 − p) over `count` values: forward on activations and backward on gradients.
  ///
  /// The mask is drawn anew from its key each time and never stored; y may be x.
  public func dropout(_ mask: DropoutMask, _ x: Floats, into y: MutableFloats, count: Int) {
    forEachTile(count) { start, count in
      table.dropout(x + start, into: y + start, count: count, start: UInt64(start), mask: mask)
    }
  }
}
