import KernelTable

#if WIDE_VECTORS
  /// Two AVX-512 registers, of the last panel of columns.
  struct NarrowRow: ProductRow {
    static let columns = 32
    private var low = Vector.zero
    private var high = Vector.zero

    @inline(__always)
    init() {}

    @inline(__always)
    init(_ start: Floats) {
      low = Vector(start, at: 0)
      high = Vector(start, at: lanes)
    }

    @inline(__always)
    init(panels start: Floats, distance: Int) { self.init(start) }

    @inline(__always)
    mutating func add(_ other: NarrowRow) {
      low += other.low
      high += other.high
    }

    @inline(__always)
    mutating func add(_ left: Float, _ right: NarrowRow) {
      let factor = Vector(repeating: left)
      low.addProduct(factor, right.low)
      high.addProduct(factor, right.high)
    }

    @inline(__always)
    func store(to start: MutableFloats) {
      low.store(to: start, at: 0)
      high.store(to: start, at: lanes)
    }
  }
#else
  /// Two AVX2 registers; six rows take 12 of the 16.
  struct NarrowRow: ProductRow {
    static let columns = 16
    private var values = Vector.zero

    @inline(__always)
    init() {}

    @inline(__always)
    init(_ start: Floats) { values = Vector(start, at: 0) }

    @inline(__always)
    init(panels start: Floats, distance: Int) { self.init(start) }

    @inline(__always)
    mutating func add(_ other: NarrowRow) { values += other.values }

    @inline(__always)
    mutating func add(_ left: Float, _ right: NarrowRow) {
      values.addProduct(Vector(repeating: left), right.values)
    }

    @inline(__always)
    func store(to start: MutableFloats) { values.store(to: start, at: 0) }
  }
#endif
