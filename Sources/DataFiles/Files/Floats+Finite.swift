extension Collection where Element == Float, Index == Int {
  /// The first place of a number that is infinite or none; nil where all are finite.
  @inlinable public var firstNonFinite: Int? {
    // Without an early exit the compiler makes vectors of it, which matters for gigabytes of weights.
    var largest: UInt32 = 0
    for value in self { largest = Swift.max(largest, value.bitPattern & 0x7FFF_FFFF) }
    return largest < Float.infinity.bitPattern ? nil : firstIndex { !$0.isFinite }
  }
}
