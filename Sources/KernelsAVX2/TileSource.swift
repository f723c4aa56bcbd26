import CPrefetch
import KernelTable

/// Where a register tile of a product takes its factors from; a type of its own each, so that the
/// inner loop is built for it.
protocol TileSource {
  /// Adds the products along k to the sums of rows: unrolled over the rows, which stay in registers.
  func add<let height: Int>(to sums: inout InlineArray<height, ProductRow>)
}

/// A packed panel of rows and one of columns.
struct PackedSource: TileSource {
  let left: Floats
  let right: Floats
  let depth: Int

  @inline(__always)
  func add<let height: Int>(to sums: inout InlineArray<height, ProductRow>) {
    var (left, right) = (left, right)
    for _ in 0..<depth {
      let columns = ProductRow(right)
      prefetch(left, right)
      for row in 0..<height { sums[row].add(left[row], columns) }
      left += TileSize.rows
      right += TileSize.columns
    }
  }
}

/// Asks for what a tile reads eight k later: its panels are larger than the L1 cache, and the L2
/// cache's answers would come late for some multiply-adds.
@inline(__always)
private func prefetch(_ left: Floats, _ right: Floats) {
  nbrun_prefetch(left + 8 &* TileSize.rows)
  for column in stride(from: 0, to: TileSize.columns, by: lanes) {
    nbrun_prefetch(right + (8 &* TileSize.columns &+ column))
  }
}

/// Rows as they lie, and a packed panel of columns.
struct RowsInPlace: TileSource {
  let left: Floats
  let rowStride: Int
  let segments: UnsafeBufferPointer<ProductSegment>
  let right: Floats

  /// Every third row has a pointer, from which an instruction reaches the next two by itself.
  @inline(__always)
  func add<let height: Int>(to sums: inout InlineArray<height, ProductRow>) {
    let thirds = RowThirds(left, stride: rowStride)
    var right = right
    for segment in segments {
      var first = thirds.first + segment.offset
      var second = thirds.second + segment.offset
      var third = thirds.third + segment.offset
      var fourth = thirds.fourth + segment.offset
      for _ in 0..<segment.depth {
        let columns = ProductRow(right)
        prefetch(first, right)
        for row in 0..<min(3, height) { sums[row].add(first[row &* rowStride], columns) }
        for row in 3..<max(3, min(6, height)) {
          sums[row].add(second[(row &- 3) &* rowStride], columns)
        }
        for row in 6..<max(6, min(9, height)) {
          sums[row].add(third[(row &- 6) &* rowStride], columns)
        }
        for row in 9..<max(9, height) { sums[row].add(fourth[(row &- 9) &* rowStride], columns) }
        first += 1
        second += 1
        third += 1
        fourth += 1
        right += TileSize.columns
      }
    }
  }
}

/// Pointers to every third row of a tile.
private struct RowThirds {
  let first: Floats
  let second: Floats
  let third: Floats
  let fourth: Floats

  /// Not inlined: the compiler would see that each lies a stride behind the last, and compute all
  /// rows' pointers one from the other at each k, in more time than the products take.
  @inline(never)
  init(_ left: Floats, stride: Int) {
    first = left
    second = left + 3 &* stride
    third = left + 6 &* stride
    fourth = left + 9 &* stride
  }
}
