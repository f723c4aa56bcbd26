import KernelTable
import Testing

@testable import Kernels

@Suite("Random numbers")
struct RandomTests {
  /// Random123's `kat_vectors` for philox4x32 with 10 rounds.
  @Test(
    "Philox gives Random123's known answers",
    arguments: [
      (
        SIMD4<UInt32>.zero, SIMD2<UInt32>.zero,
        SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)
      ),
      (
        SIMD4(repeating: UInt32.max), SIMD2(repeating: UInt32.max),
        SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
      ),
      (
        SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
        SIMD2(0xa409_3822, 0x299f_31d0),
        SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
      ),
    ])
  func knownAnswers(
    counter: SIMD4<UInt32>, key: SIMD2<UInt32>, answer: SIMD4<UInt32>
  ) {
    for engine in Engines.all { #expect(engine.table.philox(counter, key: key) == answer) }
  }

  @Test("Number i of a stream is the documented word of the documented block")
  func streamLayout() throws {
    let key = PhiloxKey(seed: 0x0123_4567_89ab_cdef, step: 7, operation: 9)
    let engine = try #require(Engines.all.first)
    var values = unwritten(200)
    engine.fillUniform(&values, count: 200, key: key, low: 0, high: 1)
    for (index, value) in values.enumerated() {
      let block = UInt32(16 * (index / 64) + index % 16)
      let words = engine.table.philox(
        SIMD4(block, 0, 7, 9), key: SIMD2(0x89ab_cdef, 0x0123_4567))
      let word = words[index % 64 / 16]
      #expect(value == (Float(word >> 9) + 0.5) * 0x1p-23)
    }
  }

  @Test("A dropout mask is the same drawn whole or in pieces, forward or backward")
  func dropoutReplays() throws {
    let (count, key) = (1001, PhiloxKey(seed: 3, step: 1, operation: 2))
    let mask = DropoutMask(probability: 0.3, key: key)
    let x = [Float](repeating: 1, count: count)
    let whole = try Engines.agree { engine in
      var y = unwritten(count)
      engine.dropout(mask, x, into: &y, count: count)
      return [y]
    }[0]
    #expect(Set(whole) == [0, mask.keepScale])
    let engine = try #require(Engines.all.last)
    var pieces = x
    pieces.inPlace { values in
      for start in stride(from: 0, to: count, by: 37) {
        engine.table.dropout(
          values + start, into: values + start, count: min(37, count - start),
          start: UInt64(start), mask: mask)
      }
    }
    #expect(pieces == whole)
  }

  @Test("Dropout drops its share and differs between steps, operations and seeds")
  func dropoutShare() throws {
    let count = 100_000
    let engine = try #require(Engines.all.first)
    let x = [Float](repeating: 1, count: count)
    func drawn(_ key: PhiloxKey) -> [Float] {
      var y = unwritten(count)
      engine.dropout(
        DropoutMask(probability: 0.1, key: key), x, into: &y, count: count)
      return y
    }
    let first = drawn(PhiloxKey(seed: 1, step: 1, operation: 1))
    let dropped = first.count { $0 == 0 }
    // Five standard deviations of a binomial.
    #expect(abs(dropped - 10_000) < 475)
    for other in [
      PhiloxKey(seed: 2, step: 1, operation: 1), PhiloxKey(seed: 1, step: 2, operation: 1),
      PhiloxKey(seed: 1, step: 1, operation: 2), PhiloxKey(seed: 1 << 40, step: 1, operation: 1),
    ] {
      #expect(drawn(other) != first)
    }
  }

  @Test("Uniform numbers fill their interval and normal ones have their moments")
  func distributions() throws {
    let (count, key) = (200_001, PhiloxKey(seed: 5, step: 0, operation: 1))
    let drawn = try Engines.agree { engine in
      var (uniform, normal) = (unwritten(count), unwritten(count))
      engine.fillUniform(&uniform, count: count, key: key, low: -2, high: 3)
      engine.fillNormal(
        &normal, count: count, key: key, mean: 1, standardDeviation: 2)
      return [uniform, normal]
    }
    #expect(drawn[0].allSatisfy { $0 > -2 && $0 < 3 })
    #expect(abs(mean(drawn[0]) - 0.5) < 0.02)
    #expect(abs(mean(drawn[1]) - 1) < 0.025)
    let centered = drawn[1].map { ($0 - 1) / 2 }
    #expect(abs(mean(centered.map { $0 * $0 }) - 1) < 0.02)
    #expect(abs(mean(centered.map { $0 * $0 * $0 }) - 0) < 0.05)
    #expect(abs(mean(centered.map { $0 * $0 * $0 * $0 }) - 3) < 0.15)
    let beyondTwo = centered.count { abs($0) > 2 }
    #expect(abs(Double(beyondTwo) / Double(count) - 0.0455) < 0.003)
  }

  private func mean(_ values: [Float]) -> Double {
    values.reduce(0.0) { $0 + Double($1) } / Double(values.count)
  }
}
