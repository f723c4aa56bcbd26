import Kernels
import TestSupport

/// A matrix product's inputs, with gaps between rows, and what its definition says comes out.
struct ProductChain {
  let layout: ProductLayout
  let m, n, k: Int
  let lda, ldb, ldc: Int
  let a: [Float]
  let b: [Float]
  /// What is in c before; NaN between the rows and, unless the product accumulates, in them.
  let start: [Float]
  let accumulate: Bool

  init(
    _ layout: ProductLayout, m: Int, n: Int, k: Int, gap: Int = 0, accumulate: Bool, seed: UInt64
  ) {
    (self.layout, self.m, self.n, self.k, self.accumulate) = (layout, m, n, k, accumulate)
    lda = (layout == .tn ? m : k) + gap
    ldb = (layout == .nt ? k : n) + gap
    ldc = n + gap
    var random = RepeatableGenerator(seed: seed)
    a = random.values((layout == .tn ? k : m) * lda)
    b = random.values((layout == .nt ? n : k) * ldb)
    var start = random.values(m * ldc)
    for index in start.indices where !accumulate || index % (n + gap) >= n { start[index] = .nan }
    self.start = start
  }

  /// The same product of another a.
  init(_ other: ProductChain, a: [Float]) {
    (layout, m, n, k, accumulate) = (other.layout, other.m, other.n, other.k, other.accumulate)
    (lda, ldb, ldc) = (other.lda, other.ldb, other.ldc)
    (self.a, b, start) = (a, other.b, other.start)
  }

  func left(_ row: Int, _ k: Int) -> Float { a[layout == .tn ? k * lda + row : row * lda + k] }

  func right(_ k: Int, _ column: Int) -> Float {
    b[layout == .nt ? column * ldb + k : k * ldb + column]
  }

  /// The law: one chain of fused multiply-adds in the order of k; nothing written between rows.
  var expected: [Float] {
    var c = start
    for row in 0..<m {
      for column in 0..<n {
        var sum = accumulate ? start[row * ldc + column] : 0
        for k in 0..<k { sum.addProduct(left(row, k), right(k, column)) }
        c[row * ldc + column] = sum
      }
    }
    return c
  }

  /// The largest difference from the product in f64, relative to Σ |a·b| + |c|.
  func relativeError(of c: [Float]) -> Double {
    var worst = 0.0
    for row in 0..<m {
      for column in 0..<n {
        var sum = accumulate ? Double(start[row * ldc + column]) : 0
        var size = sum.magnitude
        for k in 0..<k {
          let product = Double(left(row, k)) * Double(right(k, column))
          sum += product
          size += product.magnitude
        }
        worst = max(worst, (Double(c[row * ldc + column]) - sum).magnitude / size)
      }
    }
    return worst
  }
}
