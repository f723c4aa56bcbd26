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
}
