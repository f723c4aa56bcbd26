import KernelTable

/// Two panels of rows, packed at once: twelve of a vector's sixteen lanes, where one has six.
struct RowPanels {
  /// Rows of both.
  static let rows = 2 * TileSize.rows

  /// The first panel's first value.
  let start: MutableFloats
  /// How much of k a panel has.
  let depth: Int
  /// The rows that are packed; those of the second panel may be none.
  let count: Int

  /// Stores a row's value at one k.
  @inline(__always)
  func store(_ value: Float, row: Int, k: Int) {
    let panel = row < TileSize.rows ? start : start + (depth &- 1) &* TileSize.rows
    panel[k &* TileSize.rows &+ row] = value
  }

  /// Stores the values of sixteen k, twelve of each.
  @inline(__always)
  func store(_ square: InlineArray<16, Vector>, k: Int) {
    store(
      square[0], square[1], square[2], square[3], square[4], square[5], square[6], square[7], k: k)
    store(
      square[8], square[9], square[10], square[11], square[12], square[13], square[14], square[15],
      k: k &+ 8)
  }

  /// Stores the values of eight k, twelve of each: six one after the other are three whole vectors,
  /// and one by one most would straddle cache lines.
  @inline(__always)
  func store(
    _ a: Vector, _ b: Vector, _ c: Vector, _ d: Vector, _ e: Vector, _ f: Vector, _ g: Vector,
    _ h: Vector, k: Int
  ) {
    let first = start + k &* TileSize.rows
    Self.store(
      a.pair0, a.pair1, a.pair2, b.pair0, b.pair1, b.pair2, c.pair0, c.pair1, to: first, at: 0)
    Self.store(
      c.pair2, d.pair0, d.pair1, d.pair2, e.pair0, e.pair1, e.pair2, f.pair0, to: first, at: 1)
    Self.store(
      f.pair1, f.pair2, g.pair0, g.pair1, g.pair2, h.pair0, h.pair1, h.pair2, to: first, at: 2)
    guard count > TileSize.rows else { return }
    let second = first + depth &* TileSize.rows
    Self.store(
      a.pair3, a.pair4, a.pair5, b.pair3, b.pair4, b.pair5, c.pair3, c.pair4, to: second, at: 0)
    Self.store(
      c.pair5, d.pair3, d.pair4, d.pair5, e.pair3, e.pair4, e.pair5, f.pair3, to: second, at: 1)
    Self.store(
      f.pair4, f.pair5, g.pair3, g.pair4, g.pair5, h.pair3, h.pair4, h.pair5, to: second, at: 2)
  }

  @inline(__always)
  private static func store(
    _ a: SIMD2<Float>, _ b: SIMD2<Float>, _ c: SIMD2<Float>, _ d: SIMD2<Float>,
    _ e: SIMD2<Float>, _ f: SIMD2<Float>, _ g: SIMD2<Float>, _ h: SIMD2<Float>,
    to target: MutableFloats, at vector: Int
  ) {
    let low = SIMD8(
      lowHalf: SIMD4(lowHalf: a, highHalf: b), highHalf: SIMD4(lowHalf: c, highHalf: d))
    let high = SIMD8(
      lowHalf: SIMD4(lowHalf: e, highHalf: f), highHalf: SIMD4(lowHalf: g, highHalf: h))
    Vector(lowHalf: low, highHalf: high).store(to: target, at: vector &* lanes)
  }
}

extension Vector {
  @inline(__always)
  fileprivate var pair0: SIMD2<Float> { lowHalf.lowHalf.lowHalf }
  @inline(__always)
  fileprivate var pair1: SIMD2<Float> { lowHalf.lowHalf.highHalf }
  @inline(__always)
  fileprivate var pair2: SIMD2<Float> { lowHalf.highHalf.lowHalf }
  @inline(__always)
  fileprivate var pair3: SIMD2<Float> { lowHalf.highHalf.highHalf }
  @inline(__always)
  fileprivate var pair4: SIMD2<Float> { highHalf.lowHalf.lowHalf }
  @inline(__always)
  fileprivate var pair5: SIMD2<Float> { highHalf.lowHalf.highHalf }
}
