import CPrefetch
import KernelTable

/// Where a register tile of a product takes its factors from; a type of its own each, so that the
/// inner loop is built for it.
protocol TileSource {
  /// Adds the products along k to the sums of rows: unrolled over the rows, which stay in registers.
  func add<let height: Int, Row: ProductRow>(to sums: inout InlineArray<height, Row>)
}

/// A packed panel of rows and, one after the other, those of the columns.
struct PackedSource: TileSource {
  let left: Floats
  let right: Floats
  let depth: Int

  @inline(__always)
  func add<let height: Int, Row: ProductRow>(to sums: inout InlineArray<height, Row>) {
    let distance = depth &* TileSize.columns
    var (left, right) = (left, right)
    for _ in 0..<depth {
      let columns = Row(panels: right, distance: distance)
      nbrun_prefetch(left + 16 &* TileSize.rows)
      prefetch(right, distance: distance, as: Row.self)
      for row in 0..<height { sums[row].add(left[row], columns) }
      left += TileSize.rows
      right += TileSize.columns
    }
  }
}

/// Asks for the columns that a tile reads eight k later: their panels are larger than the L1 cache, and
/// the L2 cache's answers would come late for some multiply-adds.
@inline(__always)
private func prefetch<Row: ProductRow>(_ right: Floats, distance: Int, as: Row.Type) {
  for panel in 0..<Row.columns / TileSize.columns {
    for column in stride(from: 0, to: TileSize.columns, by: lanes) {
      nbrun_prefetch(right + (panel &* distance &+ 8 &* TileSize.columns &+ column))
    }
  }
}

/// Rows as they lie, and packed panels of columns.
struct RowsInPlace: TileSource {
  let left: Floats
  let rowStride: Int
  let segments: UnsafeBufferPointer<ProductSegment>
  let right: Floats
  let depth: Int

  /// Every third row has a pointer, from which an instruction reaches the next two by itself.
  @inline(__always)
  func add<let height: Int, Row: ProductRow>(to sums: inout InlineArray<height, Row>) {
    let distance = depth &* TileSize.columns
    let fourth = Self.row(3, left, stride: rowStride)
    var right = right
    for segment in segments {
      var low = left + segment.offset
      var high = fourth + segment.offset
      for _ in 0..<segment.depth {
        let columns = Row(panels: right, distance: distance)
        prefetch(right, distance: distance, as: Row.self)
        for row in 0..<min(3, height) { sums[row].add(low[row &* rowStride], columns) }
        for row in 3..<max(3, height) { sums[row].add(high[(row &- 3) &* rowStride], columns) }
        low += 1
        high += 1
        right += TileSize.columns
      }
    }
  }

  /// Not inlined: the compiler would see that one row lies behind the other, and compute all rows'
  /// pointers one from the other at each k, in more time than the products take.
  @inline(never)
  private static func row(_ number: Int, _ left: Floats, stride: Int) -> Floats {
    left + number &* stride
  }
}
