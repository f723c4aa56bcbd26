import KernelTable

/// Plain loops, which the compiler turns into vector code.
extension VectorKernels {
  func widen(_ x: UnsafePointer<UInt16>, into y: MutableFloats, count: Int) {
    let bits = UnsafeMutableRawPointer(y).assumingMemoryBound(to: UInt32.self)
    for i in 0..<count { bits[i] = UInt32(truncatingIfNeeded: x[i]) &<< 16 }
  }

  func round(_ x: Floats, into y: UnsafeMutablePointer<UInt16>, count: Int) {
    let bits = UnsafeRawPointer(x).assumingMemoryBound(to: UInt32.self)
    for i in 0..<count {
      let value = bits[i]
      // Half a unit, less one where the last bit kept is 0: ties go to even.
      let nearest = (value &+ 0x7FFF &+ ((value &>> 16) & 1)) &>> 16
      let quiet = (value &>> 16) | 0x40
      let isNaN = value & 0x7FFF_FFFF > 0x7F80_0000
      y[i] = UInt16(truncatingIfNeeded: isNaN ? quiet : nearest)
    }
  }
}
