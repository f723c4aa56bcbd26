public import KernelTable

extension Kernels {
  /// c[m, n] = a · b, or c + a · b, with the factors as `layout` says.
  ///
  /// Each element is one chain of fused multiply-adds in the order of k, from 0 or from what is
  /// there: its bits depend on neither the thread count, nor the build, nor a cut of m, n or k into
  /// several products that accumulate.
  /// - Parameters:
  ///   - workspace: `Workspace.product` bytes.
  ///   - runs: where rows of a and, if they lie along k, of b are not zero, or may count as zero; rows
  ///     of c that lie in none are left as they are.
  ///   - addend: what the product is added to instead of c; may be c.
  public func product(
    _ layout: ProductLayout, a: Floats, b: Floats, into c: MutableFloats, m: Int, n: Int, k: Int,
    lda: Int? = nil, ldb: Int? = nil, ldc: Int? = nil, accumulate: Bool = false,
    addend: ProductAddend? = nil, runs: RowRuns? = nil, workspace: UnsafeMutableRawBufferPointer
  ) {
    precondition(m > 0 && n > 0 && k > 0, "a matrix product needs positive sizes")
    let dense = layout.denseStrides(m: m, n: n, k: k)
    let factors = layout.factors(a: a, lda: lda ?? dense.a, b: b, ldb: ldb ?? dense.b)
    var scratch = Scratch(
      workspace, needed: Workspace.product(m: m, n: n, k: k, threads: threads),
      operation: "product")
    var result = ProductBlock(
      start: c, stride: ldc ?? n, rows: m, columns: n, accumulate: accumulate)
    if let addend { result.addend = addend }
    let (left, right) = layout.sources(factors, runs: runs)
    ProductRun(
      left: left, right: right, result: result, depth: k, runs: runs,
      runsAlongDepth: layout == .tn, kernels: self, scratch: &scratch
    ).run()
  }

  /// The same product on the calling thread alone, for use inside a tile: the same bits.
  ///
  /// - Parameter scratch: `Workspace.tileProduct` bytes.
  func tileProduct(
    _ layout: ProductLayout, a: Floats, b: Floats, into c: MutableFloats, m: Int, n: Int, k: Int,
    lda: Int, ldb: Int, ldc: Int, accumulate: Bool, scratch: MutableFloats
  ) {
    let factors = layout.factors(a: a, lda: lda, b: b, ldb: ldb)
    let right = scratch + ProductTiling.leftFloats(rows: m, depth: k)
    table.packLeft(factors.left, rows: m, ks: 0..<k, of: k, into: scratch)
    table.packRight(factors.right, columns: n, ks: 0..<k, of: k, into: right)
    table.multiply(
      scratch, right, depth: k,
      into: ProductBlock(start: c, stride: ldc, rows: m, columns: n, accumulate: accumulate))
  }
}
