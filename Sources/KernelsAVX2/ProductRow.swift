import KernelTable

#if WIDE_VECTORS
  /// One row of a register tile: two AVX-512 registers.
  ///
  /// Twelve rows take 24 of the 32, and leave room for a row of the right factor and some values
  /// of the left one.
  struct ProductRow {
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
    mutating func add(_ other: ProductRow) {
      low += other.low
      high += other.high
    }

    /// Adds left · right, rounded once.
    @inline(__always)
    mutating func add(_ left: Float, _ right: ProductRow) {
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
  /// One row of a register tile: two AVX2 registers; six rows take 12 of the 16.
  struct ProductRow {
    static let columns = 16
    private var values = Vector.zero

    @inline(__always)
    init() {}

    @inline(__always)
    init(_ start: Floats) { values = Vector(start, at: 0) }

    @inline(__always)
    mutating func add(_ other: ProductRow) { values += other.values }

    /// Adds left · right, rounded once.
    @inline(__always)
    mutating func add(_ left: Float, _ right: ProductRow) {
      values.addProduct(Vector(repeating: left), right.values)
    }

    @inline(__always)
    func store(to start: MutableFloats) { values.store(to: start, at: 0) }
  }
#endif
