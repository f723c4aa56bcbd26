import KernelTable
import TestSupport
import Testing

@testable import Kernels

@Suite("Matrix products")
struct ProductTests {
  static let layouts: [ProductLayout] = [.nt, .nn, .tn]
  /// m, n, k: below, at and above the edges of tiles, vectors, tasks and packed stretches.
  static let shapes = [
    (1, 1, 1), (2, 3, 5), (4, 16, 16), (6, 16, 17), (7, 15, 18), (8, 33, 31), (12, 32, 64),
    (13, 65, 19), (95, 31, 33), (97, 64, 48), (5, 700, 100), (300, 10, 70), (61, 259, 385),
    (100, 129, 800), (2113, 34, 40), (25, 70, 771), (36, 31, 1537),
    (430, 300, 40), (389, 545, 17),
  ]

  @Test(
    "Each element is one chain of fused multiply-adds along k, bit for bit, on every engine",
    arguments: layouts, shapes)
  func chain(layout: ProductLayout, shape: (m: Int, n: Int, k: Int)) throws {
    for (gap, accumulate) in [(0, false), (0, true), (3, true)] {
      try expectChain(
        ProductChain(
          layout, m: shape.m, n: shape.n, k: shape.k, gap: gap, accumulate: accumulate,
          seed: UInt64(shape.m)))
    }
  }

  @Test("Random shapes and strides give the chain, bit for bit", arguments: 0..<12)
  func randomShapes(seed: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(seed))
    let layout = Self.layouts[Int.random(in: 0..<3, using: &random)]
    let sizes = (0..<3).map { _ in Int.random(in: 1...150, using: &random) }
    let gap = Int.random(in: 0...40, using: &random)
    try expectChain(
      ProductChain(
        layout, m: sizes[0], n: sizes[1], k: sizes[2], gap: gap, accumulate: seed % 2 == 0,
        seed: UInt64(seed)))
  }

  @Test("A product inside a tile has the bits of the same product on all threads")
  func insideTile() throws {
    for layout in Self.layouts {
      let data = ProductChain(layout, m: 64, n: 250, k: 65, gap: 5, accumulate: true, seed: 9)
      let c = try Engines.agree { engine in
        var c = data.start
        withWorkspace(Workspace.tileProduct(m: data.m, n: data.n, k: data.k)) { workspace in
          let scratch = workspace.bindMemory(to: Float.self)
          guard let scratch = scratch.baseAddress else { return }
          engine.tileProduct(
            layout, a: data.a, b: data.b, into: &c, m: data.m, n: data.n, k: data.k,
            lda: data.lda, ldb: data.ldb, ldc: data.ldc, accumulate: true, scratch: scratch)
        }
        return [c]
      }[0]
      #expect(c.map(\.bitPattern) == data.expected.map(\.bitPattern))
    }
  }

  @Test("Products over stretches of k that accumulate give the bits of one product")
  func stretches() throws {
    let (m, n, k) = (50, 70, 900)
    let whole = ProductChain(.nn, m: m, n: n, k: k, accumulate: false, seed: 4)
    let c = try Engines.agree { engine in
      var c = whole.start
      for (first, count) in [(0, 1), (1, 449), (450, 450)] {
        let needed = Workspace.product(m: m, n: n, k: count, threads: engine.threads)
        withWorkspace(needed) { workspace in
          whole.a.withUnsafeBufferPointer { a in
            whole.b.withUnsafeBufferPointer { b in
              guard let a = a.baseAddress, let b = b.baseAddress else { return }
              engine.product(
                .nn, a: a + first, b: b + first * n, into: &c, m: m, n: n, k: count, lda: k,
                accumulate: first > 0, workspace: workspace)
            }
          }
        }
      }
      return [c]
    }[0]
    #expect(c.map(\.bitPattern) == whole.expected.map(\.bitPattern))
  }

  @Test("A product's error is within k half-units of f32, as for any order of summation")
  func error() throws {
    for layout in Self.layouts {
      let data = ProductChain(layout, m: 40, n: 50, k: 500, accumulate: true, seed: 8)
      let c = try compute(data)
      #expect(data.relativeError(of: c) < 500 * 0x1p-24)
    }
  }

  @Test("Infinities and NaN go where the chain takes them")
  func specials() throws {
    for (value, layout) in zip([Float.infinity, .nan, -.infinity], Self.layouts) {
      let plain = ProductChain(layout, m: 14, n: 35, k: 20, accumulate: false, seed: 2)
      var a = plain.a
      a[plain.lda + 1] = value
      let data = ProductChain(plain, a: a)
      let (c, expected) = (try compute(data), data.expected)
      for (actual, wanted) in zip(c, expected) {
        #expect(actual == wanted || actual.isNaN && wanted.isNaN)
      }
    }
  }

  private func expectChain(_ data: ProductChain) throws {
    let c = try compute(data)
    let differing = zip(c, data.expected).filter { $0.bitPattern != $1.bitPattern }.count
    #expect(
      differing == 0,
      "\(data.layout) \(data.m)×\(data.n)×\(data.k), strides \(data.lda) \(data.ldb) \(data.ldc)")
  }

  private func compute(_ data: ProductChain) throws -> [Float] {
    try Engines.agree { engine in
      var c = data.start
      let needed = Workspace.product(m: data.m, n: data.n, k: data.k, threads: engine.threads)
      withWorkspace(needed) { workspace in
        engine.product(
          data.layout, a: data.a, b: data.b, into: &c, m: data.m, n: data.n, k: data.k,
          lda: data.lda, ldb: data.ldb, ldc: data.ldc, accumulate: data.accumulate,
          workspace: workspace)
      }
      return [c]
    }[0]
  }
}
