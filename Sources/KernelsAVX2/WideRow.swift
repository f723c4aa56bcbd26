import KernelTable

#if WIDE_VECTORS
  /// Four AVX-512 registers, of two panels of columns.
  ///
  /// Six rows take 24 of the 32, and leave room for a row of the right factor and a value of the
  /// left one. Twelve rows of two registers would have as many multiply-adds, and fourteen loads
  /// to ten: where another thread shares the core, loads are what it lacks.
  struct WideRow: ProductRow {
    static let columns = 2 * NarrowRow.columns
    private var low = NarrowRow()
    private var high = NarrowRow()

    @inline(__always)
    init() {}

    @inline(__always)
    init(_ start: Floats) {
      low = NarrowRow(start)
      high = NarrowRow(start + NarrowRow.columns)
    }

    @inline(__always)
    init(panels start: Floats, distance: Int) {
      low = NarrowRow(start)
      high = NarrowRow(start + distance)
    }

    @inline(__always)
    mutating func add(_ other: WideRow) {
      low.add(other.low)
      high.add(other.high)
    }

    @inline(__always)
    mutating func add(_ left: Float, _ right: WideRow) {
      low.add(left, right.low)
      high.add(left, right.high)
    }

    @inline(__always)
    func store(to start: MutableFloats) {
      low.store(to: start)
      high.store(to: start + NarrowRow.columns)
    }
  }
#else
  /// As wide as registers allow.
  typealias WideRow = NarrowRow
#endif
