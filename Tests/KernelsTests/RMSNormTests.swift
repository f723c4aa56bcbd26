import KernelTable
import TestSupport
import Testing

@testable import Kernels

@Suite("RMS norm")
struct RMSNormTests {
  @Test(
    "RMS norm's rows are scaled to mean square 1, and its gradients are its slopes",
    arguments: [(1, 3), (3, 7), (130, 16), (257, 33), (40, 768)])
  func rmsNorm(rows: Int, width: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(rows))
    let (x, dy) = (random.values(rows * width), random.values(rows * width))
    let gamma = random.values(width)
    let result = try Engines.agree { engine in
      var (y, stats) = (x, unwritten(rows))
      y.inPlace {
        engine.rmsNormForward(
          x: $0, gamma: gamma, epsilon: 1e-5, into: $0, stats: &stats, rows: rows, width: width)
      }
      var (dx, dGamma) = (dy, unwritten(width))
      withWorkspace(Workspace.rmsNormBackward(rows: rows, width: width)) { workspace in
        dx.inPlace {
          engine.rmsNormBackward(
            dy: $0, x: x, gamma: gamma, stats: stats, into: $0, accumulateInput: false,
            gammaGradient: &dGamma, accumulateParameters: false, rows: rows, width: width,
            workspace: workspace)
        }
      }
      return [y, dx, dGamma]
    }
    func oracle(_ x: [Double], _ gamma: [Double]) -> [Double] {
      Oracle.rmsNorm(x, gamma: gamma, epsilon: 1e-5, rows: rows, width: width)
    }
    let (wide, wideGamma) = (x.map(Double.init), gamma.map(Double.init))
    expectClose(result[0], oracle(wide, wideGamma), tolerance: 2e-6)
    expectGradient(result[1], at: x, seed: 1) { dot(oracle($0, wideGamma), dy) }
    expectGradient(result[2], at: gamma, seed: 2) { dot(oracle(wide, $0), dy) }
  }
}
