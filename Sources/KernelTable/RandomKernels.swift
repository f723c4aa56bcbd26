/// Random numbers from Philox4x32-10: each depends on its key and index alone.
///
/// 64 consecutive numbers come from 16 consecutive blocks of the cipher: number i is word
/// (i mod 64) ÷ 16 of block 16·(i ÷ 64) + i mod 16, so that 16 blocks are computed side by side
/// without shuffling. A block's counter is (block, step, operation), low word first; its key is the
/// seed.
public protocol RandomKernels: Sendable {
  /// The cipher itself: four words from a counter of four words and a key of two; for checks.
  func philox(_ counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32>

  /// y[i] = x[i]·keepScale, or 0 where the mask's element start + i is dropped. y may be x.
  func dropout(
    _ x: Floats, into y: MutableFloats, count: Int, start: UInt64, mask: DropoutMask)

  /// y[i] = number start + i, uniform in (low, high).
  func uniform(
    into y: MutableFloats, count: Int, start: UInt64, key: PhiloxKey, low: Float, high: Float)

  /// y[i] = number start + i, normal (Box & Muller 1958).
  func normal(
    into y: MutableFloats, count: Int, start: UInt64, key: PhiloxKey, mean: Float,
    standardDeviation: Float)
}
