import KernelTable

extension ProductLayout {
  /// The lines along k of both factors.
  func factors(
    a: Floats, lda: Int, b: Floats, ldb: Int
  ) -> (left: ProductFactor, right: ProductFactor) {
    (
      ProductFactor(start: a, stride: lda, contiguousLines: self != .tn),
      ProductFactor(start: b, stride: ldb, contiguousLines: self == .nt)
    )
  }

  /// Where both factors' values are; rows that lie along k are those of the runs.
  func sources(
    _ factors: (left: ProductFactor, right: ProductFactor), runs: RowRuns?
  ) -> (left: ProductSource, right: ProductSource) {
    guard self == .tn, let runs else { return (.matrix(factors.left), .matrix(factors.right)) }
    return (.rows(factors.left, runs), .rows(factors.right, runs))
  }
}
