import CPrefetch
import KernelTable

/// Copies lines of a factor into panels of `width` lines: the values at one k side by side.
///
/// The last panel may have fewer lines; what its other places hold is never part of a result.
struct ProductPacking {
  let source: ProductFactor
  let lines: Int
  /// How much of k is copied.
  let depth: Int
  /// How much of k a panel has; what is copied may be a part of it.
  let panelDepth: Int
  let panels: MutableFloats

  // A function a layout and width: in one, the compiler would stop inlining, and not know the width.

  func packLeft() { if source.contiguousLines { transposeLeft() } else { copyLeft() } }

  func packRight() { if source.contiguousLines { transposeRight() } else { copyRight() } }

  @inline(never)
  private func transposeLeft() { transpose(width: TileSize.rows) }

  @inline(never)
  private func copyLeft() { copy(width: TileSize.rows) }

  @inline(never)
  private func transposeRight() { transpose(width: TileSize.columns) }

  @inline(never)
  private func copyRight() { copy(width: TileSize.columns) }

  /// Squares of 16 × 16 by way of registers.
  @inline(__always)
  private func transpose(width: Int) {
    for panel in stride(from: 0, to: lines, by: width) {
      for group in stride(from: panel, to: min(lines, panel &+ width), by: lanes) {
        let count = min(lanes, width, panel &+ width &- group, lines &- group)
        let target = panels + (panel &* panelDepth &+ group &- panel)
        let from = source.start + group &* source.stride
        var k = 0
        while k &+ Self.reach(width) <= depth {
          prefetch(from, after: k)
          transposeSquare(from + k, count: count, to: target + k &* width, width: width)
          k &+= lanes
        }
        for k in k..<depth {
          for line in 0..<count { target[k &* width &+ line] = from[line &* source.stride &+ k] }
        }
      }
    }
  }

  /// How many k a square written at one k touches: a vector wider than the panel overlaps the next
  /// k, which are written later, but mustn't reach into the next panel, which others may write.
  @inline(__always)
  static func reach(_ width: Int) -> Int {
    width == 12 ? lanes : lanes + (lanes + width - 1) / width - 1
  }

  /// Four cache lines ahead; at the end of k, the start of the next lines.
  @inline(__always)
  private func prefetch(_ from: Floats, after k: Int) {
    let beyond = k &+ 4 &* lanes &- depth
    let ahead = from + (beyond < 0 ? k &+ 4 &* lanes : lanes &* source.stride &+ beyond)
    for line in 0..<lanes { nbrun_prefetch(ahead + line &* source.stride) }
  }

  @inline(__always)
  private func transposeSquare(
    _ start: Floats, count: Int, to target: MutableFloats, width: Int
  ) {
    var square = InlineArray<16, Vector>(repeating: .zero)
    if count == lanes {
      for line in 0..<lanes { square[line] = Vector(start, at: line &* source.stride) }
    } else {
      for line in 0..<lanes {
        square[line] = Vector(start, at: min(line, count &- 1) &* source.stride)
      }
    }
    Self.transpose(&square)
    if width == 12 {
      for k in stride(from: 0, to: lanes, by: 4) {
        Self.storeTwelves(
          square[k], square[k &+ 1], square[k &+ 2], square[k &+ 3], to: target + k &* width)
      }
    } else {
      for k in 0..<lanes { square[k].store(to: target, at: k &* width) }
    }
  }

  /// Four rounds of a perfect shuffle of 16 vectors transpose them.
  @inline(__always)
  static func transpose(_ square: inout InlineArray<16, Vector>) {
    for _ in 0..<4 {
      let half = square
      for line in 0..<8 {
        let (first, second) = (half[line], half[line &+ 8])
        square[2 &* line] = interleaved(first.lowHalf, second.lowHalf)
        square[2 &* line &+ 1] = interleaved(first.highHalf, second.highHalf)
      }
    }
  }

  @inline(__always)
  private static func interleaved(_ even: SIMD8<Float>, _ odd: SIMD8<Float>) -> Vector {
    var result = Vector.zero
    result.evenHalf = even
    result.oddHalf = odd
    return result
  }

  /// The first twelve values of four vectors, one after the other, as three whole vectors: one by
  /// one, most would straddle cache lines.
  @inline(__always)
  static func storeTwelves(
    _ a: Vector, _ b: Vector, _ c: Vector, _ d: Vector, to target: MutableFloats
  ) {
    let first = Vector(
      lowHalf: a.lowHalf, highHalf: SIMD8(lowHalf: a.highHalf.lowHalf, highHalf: b.lowHalf.lowHalf))
    let second = Vector(
      lowHalf: SIMD8(lowHalf: b.lowHalf.highHalf, highHalf: b.highHalf.lowHalf),
      highHalf: c.lowHalf)
    let third = Vector(
      lowHalf: SIMD8(lowHalf: c.highHalf.lowHalf, highHalf: d.lowHalf.lowHalf),
      highHalf: SIMD8(lowHalf: d.lowHalf.highHalf, highHalf: d.highHalf.lowHalf))
    first.store(to: target, at: 0)
    second.store(to: target, at: lanes)
    third.store(to: target, at: 2 &* lanes)
  }

  /// Some k of one panel before those of the next: the places of one k in all panels would compete
  /// for the same few lines of the cache.
  @inline(__always)
  private func copy(width: Int) {
    for first in stride(from: 0, to: depth, by: 4) {
      let ks = first..<min(depth, first &+ 4)
      for k in first &+ 8..<first &+ 12 {
        let row = source.start + k &* source.stride
        for line in stride(from: 0, to: lines, by: lanes) { nbrun_prefetch(row + line) }
      }
      for panel in stride(from: 0, to: lines, by: width) {
        copy(ks, line: panel, width: width)
      }
    }
  }

  /// Whole vectors, where they reach beyond neither the source nor the panel; a row's last ones may
  /// read the next row's first values.
  @inline(__always)
  private func copy(_ ks: Range<Int>, line: Int, width: Int) {
    let target = panels + line &* panelDepth
    let from = source.start + line
    var k = ks.lowerBound
    if line &+ width <= lines {
      if width == 12 {
        while k &+ 4 <= ks.upperBound, k &+ 4 < depth || line &+ lanes <= lines {
          let row = from + k &* source.stride
          Self.storeTwelves(
            Vector(row, at: 0), Vector(row, at: source.stride),
            Vector(row, at: 2 &* source.stride), Vector(row, at: 3 &* source.stride),
            to: target + k &* width)
          k &+= 4
        }
      } else {
        while k < ks.upperBound, fits(k, line: line, width: width) {
          for group in stride(from: 0, to: width, by: lanes) {
            Vector(from, at: k &* source.stride &+ group).store(to: target, at: k &* width &+ group)
          }
          k &+= 1
        }
      }
    }
    for k in k..<ks.upperBound {
      for place in 0..<min(width, lines &- line) {
        target[k &* width &+ place] = from[k &* source.stride &+ place]
      }
    }
  }

  /// Whether the vectors of one k reach beyond neither the source nor the panel.
  @inline(__always)
  private func fits(_ k: Int, line: Int, width: Int) -> Bool {
    width % lanes == 0
      || k &+ (lanes + width - 1) / width <= depth && (k &+ 1 < depth || line &+ lanes <= lines)
  }
}
