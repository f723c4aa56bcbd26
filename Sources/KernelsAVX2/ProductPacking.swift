import CPrefetch
import KernelTable

/// Copies lines of a factor into panels: the values at one k side by side.
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

  // A function a layout and side: in one, the compiler would stop inlining, and not know the width.

  func packLeft() { if source.contiguousLines { transposeLeft() } else { copyLeft() } }

  func packRight() { if source.contiguousLines { transposeRight() } else { copyRight() } }

  /// Two panels of rows from line `first` on.
  @inline(__always)
  private func rowPanels(_ first: Int) -> RowPanels {
    RowPanels(
      start: panels + first &* panelDepth, depth: panelDepth,
      count: min(RowPanels.rows, lines &- first))
  }

  /// Squares of 16 × 16 by way of registers.
  @inline(never)
  private func transposeLeft() {
    for first in stride(from: 0, to: lines, by: RowPanels.rows) {
      let target = rowPanels(first)
      let from = source.start + first &* source.stride
      var k = 0
      while k &+ lanes <= depth {
        prefetch(from, after: k)
        var square = Self.emptySquare
        load(&square, from + k, count: target.count)
        Self.transpose(&square)
        target.store(square, k: k)
        k &+= lanes
      }
      for k in k..<depth {
        for line in 0..<target.count {
          target.store(from[line &* source.stride &+ k], row: line, k: k)
        }
      }
    }
  }

  /// Some k of one panel before those of the next: the places of one k in all panels would compete
  /// for the same few lines of the cache.
  @inline(never)
  private func copyLeft() {
    for first in stride(from: 0, to: depth, by: 8) {
      let ks = first..<min(depth, first &+ 8)
      prefetch(rows: ks)
      for line in stride(from: 0, to: lines, by: RowPanels.rows) {
        copy(ks, to: rowPanels(line), line)
      }
    }
  }

  /// Whole vectors, unless the last ones reach beyond the source; a row's last ones may read the next
  /// row's first values.
  @inline(__always)
  private func copy(_ ks: Range<Int>, to target: RowPanels, _ line: Int) {
    let from = source.start + (ks.lowerBound &* source.stride &+ line)
    guard ks.count == 8, ks.upperBound < depth || line &+ lanes <= lines else {
      for k in 0..<ks.count {
        for place in 0..<target.count {
          target.store(
            from[k &* source.stride &+ place], row: place, k: ks.lowerBound &+ k)
        }
      }
      return
    }
    let (two, four) = (from + 2 &* source.stride, from + 4 &* source.stride)
    let six = from + 6 &* source.stride
    target.store(
      Vector(from, at: 0), Vector(from, at: source.stride), Vector(two, at: 0),
      Vector(two, at: source.stride), Vector(four, at: 0), Vector(four, at: source.stride),
      Vector(six, at: 0), Vector(six, at: source.stride), k: ks.lowerBound)
  }

  /// Squares of 16 × 16 by way of registers.
  @inline(never)
  private func transposeRight() {
    let width = TileSize.columns
    for panel in stride(from: 0, to: lines, by: width) {
      for group in stride(from: panel, to: min(lines, panel &+ width), by: lanes) {
        let count = min(lanes, lines &- group)
        let target = panels + (panel &* panelDepth &+ group &- panel)
        let from = source.start + group &* source.stride
        var k = 0
        while k &+ lanes <= depth {
          prefetch(from, after: k)
          var square = Self.emptySquare
          load(&square, from + k, count: count)
          Self.transpose(&square)
          for line in 0..<lanes { square[line].store(to: target, at: (k &+ line) &* width) }
          k &+= lanes
        }
        for k in k..<depth {
          for line in 0..<count { target[k &* width &+ line] = from[line &* source.stride &+ k] }
        }
      }
    }
  }

  @inline(never)
  private func copyRight() {
    for first in stride(from: 0, to: depth, by: 4) {
      let ks = first..<min(depth, first &+ 4)
      prefetch(rows: ks)
      for line in stride(from: 0, to: lines, by: TileSize.columns) { copy(ks, line: line) }
    }
  }

  @inline(__always)
  private func copy(_ ks: Range<Int>, line: Int) {
    let width = TileSize.columns
    let target = panels + line &* panelDepth
    let from = source.start + line
    for k in ks {
      if line &+ width <= lines {
        for group in stride(from: 0, to: width, by: lanes) {
          Vector(from, at: k &* source.stride &+ group).store(to: target, at: k &* width &+ group)
        }
      } else {
        for place in 0..<lines &- line {
          target[k &* width &+ place] = from[k &* source.stride &+ place]
        }
      }
    }
  }

  /// Asks for rows of k that are copied soon.
  @inline(__always)
  private func prefetch(rows ks: Range<Int>) {
    for k in ks {
      let row = source.start + (k &+ 8) &* source.stride
      for line in stride(from: 0, to: lines, by: lanes) { nbrun_prefetch(row + line) }
    }
  }

  /// Four cache lines ahead; at the end of k, the start of the next lines.
  @inline(__always)
  private func prefetch(_ from: Floats, after k: Int) {
    let beyond = k &+ 4 &* lanes &- depth
    let ahead = from + (beyond < 0 ? k &+ 4 &* lanes : lanes &* source.stride &+ beyond)
    for line in 0..<lanes { nbrun_prefetch(ahead + line &* source.stride) }
  }

  /// A literal: a call that repeats one value is not inlined.
  @inline(__always)
  static var emptySquare: InlineArray<16, Vector> {
    let zero = Vector.zero
    return [
      zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero,
      zero,
    ]
  }

  /// Sixteen k of `count` lines.
  @inline(__always)
  private func load(_ square: inout InlineArray<16, Vector>, _ start: Floats, count: Int) {
    if count == lanes {
      for line in 0..<lanes { square[line] = Vector(start, at: line &* source.stride) }
    } else {
      for line in 0..<lanes {
        square[line] = Vector(start, at: min(line, count &- 1) &* source.stride)
      }
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
}
