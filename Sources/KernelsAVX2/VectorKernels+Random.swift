import KernelTable

extension VectorKernels {
  func philox(_ counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    philox4x32(counter.x, counter.y, counter.z, counter.w, key.x, key.y)
  }

  func dropout(
    _ x: Floats, into y: MutableFloats, count: Int, start: UInt64, mask: DropoutMask
  ) {
    let (threshold, keepScale) = (mask.threshold, mask.keepScale)
    forEachGroup(start: start, count: count, key: mask.key) { words, factors, run in
      for i in 0..<groupSize { factors[i] = words[i] < threshold ? 0 : keepScale }
      let source = x + run.index
      apply(
        Product(), source, factors + run.lane, into: y + run.index, count: run.count)
    }
  }

  func uniform(
    into y: MutableFloats, count: Int, start: UInt64, key: PhiloxKey, low: Float, high: Float
  ) {
    let range = high - low
    forEachGroup(start: start, count: count, key: key) { words, values, run in
      for i in 0..<groupSize { values[i] = low.addingProduct(fraction(words[i]), range) }
      (y + run.index).update(from: values + run.lane, count: run.count)
    }
  }

  func normal(
    into y: MutableFloats, count: Int, start: UInt64, key: PhiloxKey, mean: Float,
    standardDeviation: Float
  ) {
    forEachGroup(start: start, count: count, key: key) { words, values, run in
      for i in 0..<groupSize { values[i] = fraction(words[i]) }
      for pair in 0..<2 {
        let at = 2 &* pair &* lanes
        let radius = (logarithm(Vector(values, at: at)) * -2).squareRoots * standardDeviation
        let angle = cosineAndSine(turns: Vector(values, at: at &+ lanes))
        let middle = Vector(repeating: mean)
        middle.addingProduct(radius, angle.cosine).store(to: values, at: at)
        middle.addingProduct(radius, angle.sine).store(to: values, at: at &+ lanes)
      }
      (y + run.index).update(from: values + run.lane, count: run.count)
    }
  }
}

private struct Product: BinaryOperation {
  @inline(__always)
  func callAsFunction(_ a: Vector, _ b: Vector) -> Vector { a * b }
}

/// Numbers that 16 blocks of the cipher give.
private let groupSize = 64

/// The part of a group that a call asks for.
private struct GroupRun {
  /// The first of its elements in the caller's array.
  let index: Int
  /// Its place in the group.
  let lane: Int
  let count: Int
}

/// Calls `body` with the words of each group that start ..< start + count touches, and with room for
/// as many floats.
@inline(__always)
private func forEachGroup(
  start: UInt64, count: Int, key: PhiloxKey,
  _ body: (UnsafePointer<UInt32>, MutableFloats, GroupRun) -> Void
) {
  withUnsafeTemporaryAllocation(of: UInt32.self, capacity: groupSize) { words in
    withUnsafeTemporaryAllocation(of: Float.self, capacity: groupSize) { values in
      // Neither buffer is empty, so both have an address.
      guard let words = words.baseAddress, let values = values.baseAddress else { return }
      var index = 0
      while index < count {
        let position = start &+ UInt64(index)
        let lane = Int(position % UInt64(groupSize))
        let run = GroupRun(index: index, lane: lane, count: min(groupSize &- lane, count &- index))
        fillGroup(position / UInt64(groupSize), key: key, into: words)
        body(words, values, run)
        index &+= run.count
      }
    }
  }
}

/// 64 words of 16 consecutive blocks: word w of block b at 16w + b.
@inline(never)
private func fillGroup(
  _ group: UInt64, key: PhiloxKey, into words: UnsafeMutablePointer<UInt32>
) {
  let (low, high) = (UInt32(truncatingIfNeeded: key.seed), UInt32(key.seed >> 32))
  for lane in 0..<lanes {
    let block = group &* UInt64(lanes) &+ UInt64(truncatingIfNeeded: lane)
    let four = philox4x32(
      UInt32(truncatingIfNeeded: block), UInt32(block >> 32), key.step, key.operation, low, high)
    words[lane] = four.x
    words[lane &+ lanes] = four.y
    words[lane &+ 2 &* lanes] = four.z
    words[lane &+ 3 &* lanes] = four.w
  }
}

/// The cipher's ten rounds, with the constants of Random123's `philox.h`.
///
/// Salmon et al. 2011, section 3.3.
@inline(__always)
private func philox4x32(
  _ x: UInt32, _ y: UInt32, _ z: UInt32, _ w: UInt32, _ low: UInt32, _ high: UInt32
) -> SIMD4<UInt32> {
  var (x, y, z, w, low, high) = (x, y, z, w, low, high)
  for _ in 0..<10 {
    let first = UInt64(x) &* 0xD251_1F53
    let second = UInt64(z) &* 0xCD9E_8D57
    x = UInt32(truncatingIfNeeded: second >> 32) ^ y ^ low
    y = UInt32(truncatingIfNeeded: second)
    z = UInt32(truncatingIfNeeded: first >> 32) ^ w ^ high
    w = UInt32(truncatingIfNeeded: first)
    low = low &+ 0x9E37_79B9
    high = high &+ 0xBB67_AE85
  }
  return SIMD4(x, y, z, w)
}

/// The middle of the 2⁻²³-wide interval of (0, 1) that a word falls into: never 0, never 1.
@inline(__always)
private func fraction(_ word: UInt32) -> Float {
  Float(bitPattern: 0x3F80_0000 | (word >> 9)) - (1 - 0x1p-24)
}
