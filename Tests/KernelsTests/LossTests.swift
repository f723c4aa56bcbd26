import KernelTable
import TestSupport
import Testing

@testable import Kernels

@Suite("Losses")
struct LossTests {
  /// Rows and classes.
  static let shapes = [(1, 1), (3, 2), (50, 17), (33, 301), (5, 20_000)]

  @Test("Softmax cross-entropy and its gradient, over the logits too", arguments: shapes)
  func crossEntropy(rows: Int, classes: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(classes))
    let logits = random.values(rows * classes, scale: 3)
    var targets = random.tokens(rows, below: classes)
    if rows > 2 { targets[1] = -1 }
    let scale = 1 / Float(targets.count { $0 >= 0 })
    let result = try Engines.agree { engine in
      var gradient = logits
      func loss(_ logits: Floats, _ gradient: MutableFloats?) -> Float {
        withWorkspace(Workspace.softmaxCrossEntropy(rows: rows, classes: classes)) { workspace in
          Float(
            engine.softmaxCrossEntropy(
              logits: logits, targets: ClassTargets(targets), dLogits: gradient, rows: rows,
              classes: classes, scale: 1, workspace: workspace
            ).mean)
        }
      }
      return [[loss(logits, nil), gradient.inPlace { loss($0, $0) }], gradient]
    }
    #expect(result[0][0].bitPattern == result[0][1].bitPattern)
    func oracle(_ logits: [Double]) -> Double {
      Oracle.crossEntropy(logits, targets: targets, classes: classes) * Double(scale)
    }
    #expect(abs(Double(result[0][0]) - oracle(logits.map(Double.init))) < 3e-6)
    expectGradient(result[1], at: logits, seed: 8, of: oracle)
  }

  /// Rows, width, vocabulary; the last takes two chunks of rows.
  static let fused = [(3, 5, 7, true), (65, 16, 130, false), (600, 9, 70_001, true)]

  @Test("The fused projection and loss equals its parts", arguments: fused)
  func linearCrossEntropy(rows: Int, width: Int, vocabulary: Int, hasBias: Bool) throws {
    let data = FusedLossData(rows: rows, width: width, vocabulary: vocabulary, hasBias: hasBias)
    let fused = try Engines.agree { engine in data.fused(engine, initial: nil) }
    #expect(fused[0][0].bitPattern == fused[0][1].bitPattern)
    let parts = try data.separate()
    #expect(abs(fused[0][0] - parts[0][0]) < 1e-5)
    for (a, b) in zip(fused.dropFirst(), parts.dropFirst()) {
      expectClose(a, b.map(Double.init), tolerance: 2e-5)
    }
    let added = try Engines.agree { engine in data.fused(engine, initial: 1) }
    // The chain starts at 1, so each row's product is rounded at 1's scale: half a unit each.
    expectClose(
      added[2], fused[2].map { Double($0) + 1 }, tolerance: max(2e-6, Double(rows) * 0x1p-24))
  }

  @Test("An ignored row costs nothing and has no gradient")
  func ignored() throws {
    let data = FusedLossData(rows: 8, width: 6, vocabulary: 10, hasBias: true)
    let fused = try Engines.agree { engine in data.fused(engine, initial: nil) }
    #expect(fused[1][6..<12].allSatisfy { $0 == 0 })
  }

  @Test("The mean squared error and its gradient, over the prediction too", arguments: [1, 70_001])
  func meanSquaredError(count: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(count))
    let (prediction, target) = (random.values(count), random.values(count))
    let result = try Engines.agree { engine in
      var gradient = prediction
      let loss = withWorkspace(Workspace.meanSquaredError(count: count)) { workspace in
        gradient.inPlace { values in
          Float(
            engine.meanSquaredError(
              prediction: values, target: target, dPrediction: values, count: count, scale: 1,
              workspace: workspace
            ).mean)
        }
      }
      let squares = withWorkspace(Workspace.sumOfSquares(count: count)) { workspace in
        engine.sumOfSquares(target, count: count, workspace: workspace)
      }
      return [[loss, Float(squares)], gradient]
    }
    func oracle(_ prediction: [Double]) -> Double {
      zip(prediction, target).reduce(0.0) { sum, pair in
        sum + (pair.0 - Double(pair.1)) * (pair.0 - Double(pair.1))
      } / Double(count)
    }
    #expect(abs(Double(result[0][0]) - oracle(prediction.map(Double.init))) < 1e-6)
    expectGradient(result[1], at: prediction, seed: 9, of: oracle)
    let squares = target.reduce(0.0) { $0 + Double($1) * Double($1) }
    expectClose([result[0][1]], [squares], tolerance: 1e-7)
  }
}
