import KernelTable
import TestSupport
import Testing

@testable import Kernels

@Suite("Batch and group norm")
struct BatchNormTests {
  /// Rows and columns: one row, partial vectors, several blocks of rows, several of another size.
  static let shapes = [(1, 3), (7, 16), (130, 19), (1000, 5), (9001, 33)]

  @Test("A batch's statistics are each column's mean and variance", arguments: shapes)
  func statistics(rows: Int, width: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(rows))
    let x = random.values(rows * width).map { $0 + 40 }
    let result = try Engines.agree { engine in
      var statistics = unwritten(2 * width)
      withWorkspace(Workspace.batchNormStatistics(rows: rows, width: width)) { workspace in
        engine.batchNormStatistics(
          x: x, into: &statistics, rows: rows, width: width, workspace: workspace)
      }
      return [statistics]
    }[0]
    let columns = (0..<width).map { column in (0..<rows).map { Double(x[$0 * width + column]) } }
    let means = columns.map { $0.reduce(0, +) / Double(rows) }
    let variances = zip(columns, means).map { column, mean in
      column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
    }
    expectClose(Array(result[..<width]), means, tolerance: 2e-6)
    expectClose(Array(result[width...]), variances, tolerance: 2e-5)
  }

  @Test("Every engine gives the bits of one, behind each gate", arguments: shapes)
  func engines(rows: Int, width: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(width))
    let (x, dy) = (random.values(rows * width), random.values(rows * width))
    let (gamma, beta) = (random.values(width), random.values(width))
    let residual = random.values(rows * width)
    for gate in 0..<3 {
      _ = try Engines.agree { engine in
        run(
          engine, x, dy, gamma, beta, gate == 2 ? residual : nil, relu: gate > 0, rows: rows,
          width: width)
      }
    }
  }

  private func run(
    _ engine: Kernels, _ x: [Float], _ dy: [Float], _ gamma: [Float], _ beta: [Float],
    _ residual: [Float]?, relu: Bool, rows: Int, width: Int
  ) -> [[Float]] {
    var (statistics, y) = (unwritten(2 * width), unwritten(rows * width))
    withWorkspace(Workspace.batchNormStatistics(rows: rows, width: width)) { workspace in
      engine.batchNormStatistics(
        x: x, into: &statistics, rows: rows, width: width, workspace: workspace)
    }
    withWorkspace(Workspace.batchNorm(width: width)) { workspace in
      engine.batchNormForward(
        x: x, gamma: gamma, beta: beta, mean: statistics, variance: Array(statistics[width...]),
        epsilon: 1e-5, residual: residual, relu: relu, into: &y, rows: rows, width: width,
        workspace: workspace)
    }
    var (dx, dr) = (unwritten(rows * width), unwritten(residual == nil ? 0 : rows * width))
    var (dgamma, dbeta) = (unwritten(width), unwritten(width))
    withWorkspace(Workspace.batchNormBackward(rows: rows, width: width)) { workspace in
      y.withUnsafeBufferPointer { y in
        beta.withUnsafeBufferPointer { beta in
          guard let y = y.baseAddress, let beta = beta.baseAddress else { return }
          let gate: BatchNormGate =
            relu ? (residual == nil ? .recomputed(beta: beta) : .result(y)) : .open
          dr.withUnsafeMutableBufferPointer { dr in
            engine.batchNormBackward(
              dy: dy, x: x, gamma: gamma, statistics: statistics, epsilon: 1e-5, gate: gate,
              into: &dx, accumulateInput: false,
              residualGradient: residual == nil ? nil : dr.baseAddress, gammaGradient: &dgamma,
              betaGradient: &dbeta, accumulateParameters: false, rows: rows, width: width,
              workspace: workspace)
          }
        }
      }
    }
    return [statistics, y, dx, dr, dgamma, dbeta]
  }

  @Test("Group norm has the same bits on every engine", arguments: [(1, 5, 6, 3), (4, 70, 40, 4)])
  func groups(batch: Int, positions: Int, width: Int, groups: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(batch))
    let shape = GroupNormShape(batch: batch, positions: positions, width: width, groups: groups)
    let count = batch * positions * width
    let (x, dy) = (random.values(count), random.values(count))
    let (gamma, beta) = (random.values(width), random.values(width))
    _ = try Engines.agree { engine in
      var (y, statistics) = (unwritten(count), unwritten(2 * batch * groups))
      withWorkspace(Workspace.groupNorm(width: width, threads: engine.threads)) { workspace in
        engine.groupNormForward(
          shape, x: x, gamma: gamma, beta: beta, epsilon: 1e-5, into: &y, statistics: &statistics,
          workspace: workspace)
      }
      var (dx, dgamma, dbeta) = (unwritten(count), unwritten(width), unwritten(width))
      let needed = Workspace.groupNormBackward(
        batch: batch, width: width, threads: engine.threads)
      withWorkspace(needed) { workspace in
        engine.groupNormBackward(
          shape, dy: dy, x: x, gamma: gamma, statistics: statistics, epsilon: 1e-5, into: &dx,
          accumulateInput: false, gammaGradient: &dgamma, betaGradient: &dbeta,
          accumulateParameters: false, workspace: workspace)
      }
      return [y, statistics, dx, dgamma, dbeta]
    }
  }
}
