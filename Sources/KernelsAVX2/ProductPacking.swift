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

  @inline(__always)
  func pack(width: Int) {
    if source.contiguousLines { transpose(width: width) } else { copy(width: width) }
  }

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
  static func reach(_ width: Int) -> Int { lanes + (lanes + width - 1) / width - 1 }

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
    for k in 0..<lanes { square[k].store(to: target, at: k &* width) }
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

  /// Whole vectors, where they reach beyond neither the source's lines nor the panel.
  @inline(__always)
  private func copy(width: Int) {
    for k in 0..<depth {
      let from = source.start + k &* source.stride
      let fits = k &+ (lanes + width - 1) / width <= depth
      for panel in stride(from: 0, to: lines, by: width) {
        let target = panels + (panel &* panelDepth &+ k &* width)
        if fits, panel &+ max(width, lanes) <= lines {
          for group in stride(from: 0, to: width, by: lanes) {
            Vector(from, at: panel &+ group).store(to: target, at: group)
          }
        } else {
          for line in 0..<min(width, lines &- panel) { target[line] = from[panel &+ line] }
        }
      }
    }
  }
}
