import KernelTable

/// Sixteen lanes: one AVX-512 register or two AVX2 ones, so both builds compute the same sums.
///
/// Only operators that the standard library specialises for concrete vectors are used on it;
/// its generic methods (`clamped`, `rounded`, conversions, `sum`) don't become vector code.
typealias Vector = SIMD16<Float>

/// Lanes of a vector.
let lanes = 16

extension Vector {
  /// The 16 values from `start` on.
  @inline(__always)
  init(_ pointer: Floats, at start: Int) {
    self = UnsafeRawPointer(pointer + start).loadUnaligned(as: Vector.self)
  }

  /// The values from `start` on, at most `count` of them; `fill` in the other lanes.
  @inline(__always)
  init(_ pointer: Floats, at start: Int, count: Int, fill: Float = 0) {
    guard count < lanes else {
      self.init(pointer, at: start)
      return
    }
    self.init(repeating: fill)
    withUnsafeMutableBytes(of: &self) { bytes in
      let values = bytes.assumingMemoryBound(to: Float.self)
      for lane in 0..<count { values[lane] = pointer[start &+ lane] }
    }
  }

  /// Writes the 16 values to `start` and on.
  @inline(__always)
  func store(to pointer: MutableFloats, at start: Int) {
    UnsafeMutableRawPointer(pointer + start).storeBytes(of: self, as: Vector.self)
  }

  /// Writes the values to `start` and on, at most `count` of them.
  @inline(__always)
  func store(to pointer: MutableFloats, at start: Int, count: Int) {
    guard count < lanes else {
      store(to: pointer, at: start)
      return
    }
    withUnsafeBytes(of: self) { bytes in
      let values = bytes.assumingMemoryBound(to: Float.self)
      for lane in 0..<count { pointer[start &+ lane] = values[lane] }
    }
  }

  /// The sum of the lanes, halves added to halves.
  @inline(__always)
  var total: Float {
    let eight = lowHalf + highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }

  /// The largest lane; NaN lanes may be ignored.
  @inline(__always)
  var largest: Float {
    let eight = lowHalf.replacing(with: highHalf, where: highHalf .> lowHalf)
    let (low, high) = (eight.lowHalf, eight.highHalf)
    let four = low.replacing(with: high, where: high .> low)
    let two = four.lowHalf.replacing(with: four.highHalf, where: four.highHalf .> four.lowHalf)
    return two.x < two.y ? two.y : two.x
  }

  /// The larger of each lane; a NaN in `other` is ignored.
  @inline(__always)
  func orLarger(_ other: Vector) -> Vector { replacing(with: other, where: other .> self) }

  /// The square root of each lane, correctly rounded.
  @inline(__always)
  var squareRoots: Vector {
    var result = self
    withUnsafeMutableBytes(of: &result) { bytes in
      let values = bytes.assumingMemoryBound(to: Float.self)
      // A loop of fixed length: one vector instruction, where `squareRoot()` takes lane by lane.
      for lane in 0..<lanes { values[lane] = values[lane].squareRoot() }
    }
    return result
  }
}
