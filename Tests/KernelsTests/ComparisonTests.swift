import Glibc
import KernelTable
import TestSupport
import Testing

@testable import Kernels

@Suite("Targets, hits and binary losses")
struct ComparisonTests {
  /// Rows and classes.
  static let shapes = [(1, 2), (9, 17), (40, 301)]

  @Test(
    "Smoothed and weighted targets cost what their definition says, whatever is ignored",
    arguments: shapes)
  func spreadTargets(rows: Int, classes: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(classes))
    let logits = random.values(rows * classes, scale: 3)
    let weights = random.values(classes).map { $0.magnitude + 0.1 }
    var indices = random.tokens(rows, below: classes)
    if rows > 2 { (indices[1], indices[2]) = (-100, 3) }
    let smoothing: Float = 0.1
    let result = try Engines.agree { engine in
      var gradient = logits
      func loss(_ logits: Floats, _ gradient: MutableFloats?) -> Float {
        weights.withUnsafeBufferPointer { weights in
          let targets = ClassTargets(
            indices, ignoredIndex: 3, weights: weights, smoothing: smoothing)
          return withWorkspace(Workspace.softmaxCrossEntropy(rows: rows, classes: classes)) {
            Float(
              engine.softmaxCrossEntropy(
                logits: logits, targets: targets, dLogits: gradient, rows: rows,
                classes: classes, scale: 1, workspace: $0
              ).mean)
          }
        }
      }
      return [[loss(logits, nil), gradient.inPlace { loss($0, $0) }], gradient]
    }
    #expect(result[0][0].bitPattern == result[0][1].bitPattern)
    func oracle(_ logits: [Double]) -> Double {
      var (sum, weight) = (0.0, 0.0)
      for (row, index) in indices.enumerated() where index >= 0 && index != 3 {
        let values = logits[row * classes..<(row + 1) * classes]
        let costs = (0..<classes).map { Oracle.crossEntropy(values, target: Int32($0)) }
        let own = Double(weights[Int(index)])
        sum += Double(1 - smoothing) * own * costs[Int(index)]
        sum += zip(costs, weights).reduce(0.0) {
          $0 + Double(smoothing) / Double(classes) * $1.0 * Double($1.1)
        }
        weight += own
      }
      return weight == 0 ? 0 : sum / weight
    }
    #expect(abs(Double(result[0][0]) - oracle(logits.map(Double.init))) < 3e-6)
    expectGradient(result[1], at: logits, seed: 8, of: oracle)
  }

  @Test("A batch in which no target counts costs nothing and has no gradient")
  func nothingCounts() throws {
    let gradient = try Engines.agree { engine in
      var gradient = [Float](repeating: .nan, count: 12)
      let sums = gradient.inPlace { gradient in
        withWorkspace(Workspace.softmaxCrossEntropy(rows: 3, classes: 4)) { workspace in
          engine.softmaxCrossEntropy(
            logits: [Float](repeating: 1, count: 12),
            targets: ClassTargets([-1, -100, 2], ignoredIndex: 2), dLogits: gradient, rows: 3,
            classes: 4, scale: 1, workspace: workspace)
        }
      }
      #expect(sums.count == 0 && sums.mean == 0)
      return [gradient]
    }[0]
    #expect(gradient.allSatisfy { $0 == 0 })
  }

  @Test("Hits are targets among the k largest logits, the first of equal ones, never of a NaN")
  func hits() throws {
    let logits: [Float] = [
      1, 3, 2, 3,  // order 1, 3, 2, 0
      0, 0, 0, 0,
      .nan, 1, 2, 3,
      5, 4, 3, 2,
    ]
    let targets: [Int32] = [3, 2, 0, -1]
    for engine in Engines.all {
      let sums = withWorkspace(Workspace.softmaxCrossEntropy(rows: 4, classes: 4)) {
        engine.softmaxCrossEntropy(
          logits: logits, targets: ClassTargets(targets), dLogits: nil, rows: 4, classes: 4,
          scale: 1, hits: [1, 2, 3, 4], workspace: $0)
      }
      // Ranks 1, 2 and, behind all that are not less than a NaN, 3.
      #expect(sums.hits == [0, 1, 2, 3])
      #expect(sums.count == 3)
    }
  }

  @Test("The fused head counts the hits of its logits, in every chunk")
  func fusedHits() throws {
    let data = FusedLossData(rows: 600, width: 9, vocabulary: 70_001, hasBias: true)
    let hits = try Engines.agree { engine in [data.hits(engine, [1, 100, 70_001]).map(Float.init)] }
    #expect(hits[0][0] <= hits[0][1] && hits[0][1] < 599 && hits[0][2] == 599)
  }

  @Test(
    "Binary cross-entropy and its gradient, over the logits too",
    arguments: [(1, 1), (7, 5), (70_001, 1), (9, 20_000)])
  func binaryCrossEntropy(rows: Int, width: Int) throws {
    var random = RepeatableGenerator(seed: UInt64(rows))
    let logits = random.values(rows * width, scale: 4)
    let targets = random.tokens(rows * width, below: 2).map { Float($0) }
    let hits = zip(targets, logits).count { ($0 == 1) == ($1 > 0) }
    for weights in [nil, random.values(width).map { $0.magnitude + 0.1 }] {
      let result = try Engines.agree { engine in
        var gradient = logits
        func loss(_ logits: Floats, _ gradient: MutableFloats?) -> Float {
          withWorkspace(Workspace.binaryCrossEntropy(rows: rows, width: width)) { workspace in
            let sums = engine.binaryCrossEntropy(
              logits: logits, targets: targets, positiveWeights: weights, dLogits: gradient,
              rows: rows, width: width, scale: 1, countsHits: true, workspace: workspace)
            #expect(sums.hits == [hits])
            return Float(sums.mean)
          }
        }
        return [[loss(logits, nil), gradient.inPlace { loss($0, $0) }], gradient]
      }
      #expect(result[0][0].bitPattern == result[0][1].bitPattern)
      func oracle(_ logits: [Double]) -> Double {
        logits.indices.reduce(0.0) { sum, index in
          let (x, positive) = (logits[index], targets[index] == 1)
          let weight = positive ? Double(weights?[index % width] ?? 1) : 1
          return sum + weight * log1p(exp(positive ? -x : x))
        } / Double(logits.count)
      }
      #expect(abs(Double(result[0][0]) - oracle(logits.map(Double.init))) < 2e-6)
      expectGradient(result[1], at: logits, seed: 8, of: oracle)
    }
  }
}
