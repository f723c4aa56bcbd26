import Glibc
import KernelTable
import Testing

@testable import Kernels

@Suite("Vector mathematics")
struct VectorMathTests {
  @Test("e^x is within 2 ulp from −87 to 88")
  func exponential() throws {
    let x = Array(stride(from: Float(-87), to: 88, by: 0.0013))
    let y = try evaluate(x) { $0.exponentials($1, into: $2, count: x.count) }
    #expect(worstUlps(y, zip(x, y).map { pair in exp(Double(pair.0)) }) <= 2)
  }

  @Test("e^x is 0 for −∞, about 2.4e38 for ∞, and NaN for NaN")
  func exponentialLimits() throws {
    let x: [Float] = [-.infinity, -1000, .infinity, 1000, .nan, 0, -0.0]
    let y = try evaluate(x) { $0.exponentials($1, into: $2, count: x.count) }
    #expect(y[0] == 0 && y[1] == 0)
    #expect(y[2] > 2e38 && y[3] > 2e38 && y[2].isFinite)
    #expect(y[4].isNaN)
    #expect(y[5] == 1 && y[6] == 1)
  }

  @Test("ln x is within 2 ulp over all magnitudes")
  func logarithm() throws {
    let x = (0..<100_000).map { index in
      Float(bitPattern: 0x0080_0000 &+ UInt32(index) &* 21_300)
    }
    let y = try evaluate(x) { $0.logarithms($1, into: $2, count: x.count) }
    #expect(worstUlps(y, x.map { log(Double($0)) }) <= 2)
  }

  @Test("erf x is within 2 ulp, odd, and reaches ±1")
  func errorFunction() throws {
    let x = Array(stride(from: Float(-6), to: 6, by: 0.000_17)) + [.infinity, -.infinity, 100]
    let y = try evaluate(x) { $0.errorFunctions($1, into: $2, count: x.count) }
    #expect(worstUlps(y, x.map { erf(Double($0)) }) <= 2)
    let negated = try evaluate(x.map(-)) { $0.errorFunctions($1, into: $2, count: x.count) }
    #expect(negated == y.map(-))
  }

  private func evaluate(
    _ x: [Float], _ function: (any KernelTable, Floats, MutableFloats) -> Void
  ) throws -> [Float] {
    try Engines.agree { engine in
      var output = unwritten(x.count)
      function(engine.table, x, &output)
      return [output]
    }[0]
  }

  private func worstUlps(_ actual: [Float], _ expected: [Double]) -> Double {
    zip(actual, expected).map { a, e in
      (Double(a) - e).magnitude / max(Double(Float(e).ulp), Double(Float.leastNormalMagnitude))
    }.max() ?? 0
  }
}
