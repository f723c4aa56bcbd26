import TestSupport
import Testing

@testable import Kernels

@Suite("bf16")
struct PrecisionTests {
  /// What a bf16 is when nothing is fast about it.
  private static func nearest(_ x: Float) -> UInt16 {
    if x.isNaN { return UInt16(x.bitPattern >> 16) | 0x40 }
    let (low, high) = (x.bitPattern >> 16, (x.bitPattern >> 16) + 1)
    let below = Double(Float(bitPattern: low << 16))
    // What follows the largest finite value counts as the power of two that it would be.
    let next = Float(bitPattern: high << 16)
    let above = next.isFinite ? Double(next) : 0x1p128
    let (down, up) = (abs(Double(x) - below), abs(above - Double(x)))
    return UInt16(down < up || (down == up && low % 2 == 0) ? low : high)
  }

  @Test(
    "Rounding goes to the nearest bf16, ties to even, and keeps NaN")
  func rounding() throws {
    var random = RepeatableGenerator(seed: 3)
    var values: [Float] = [
      0, -0.0, 1, .infinity, -.infinity, .nan, .greatestFiniteMagnitude, 1.00390625, 1.01171875,
      Float(bitPattern: 0x7F80_0001),
    ]
    values += (0..<40_000).map { _ in
      Float(bitPattern: UInt32.random(in: 0x0100_0000..<0x7F00_0000, using: &random))
    }
    let special: [UInt16] = [
      0, 0x8000, 0x3F80, 0x7F80, 0xFF80, 0x7FC0, 0x7F80, 0x3F80, 0x3F82, 0x7FC0,
    ]
    let expected = special + values.dropFirst(special.count).map(Self.nearest)
    for kernels in Engines.all {
      var rounded = [UInt16](repeating: 0, count: values.count)
      kernels.round(values, into: &rounded, count: values.count)
      #expect(rounded == expected)
    }
  }

  @Test(
    "Widening a bf16 and rounding it again gives it back")
  func widening() throws {
    let values = (0...UInt16.max).filter { $0 & 0x7FFF <= 0x7F80 || $0 & 0x40 != 0 }
    for kernels in Engines.all {
      var wide = [Float](repeating: 0, count: values.count)
      var back = [UInt16](repeating: 1, count: values.count)
      kernels.widen(values, into: &wide, count: values.count)
      kernels.round(wide, into: &back, count: values.count)
      #expect(back == values)
    }
  }
}
