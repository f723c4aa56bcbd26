import KernelTable
import TestSupport
import Testing

@testable import Kernels

@Suite("Attention in tiles")
struct AttentionTests {
  static let shapes = [
    AttentionShape(batch: 1, time: 1, heads: 1, headSize: 1, causal: true),
    AttentionShape(batch: 2, time: 13, heads: 3, headSize: 5, causal: true),
    AttentionShape(batch: 1, time: 65, heads: 2, headSize: 8, causal: false),
    AttentionShape(batch: 1, time: 300, heads: 1, headSize: 16, causal: true),
    AttentionShape(batch: 1, time: 290, heads: 1, headSize: 16, causal: false),
  ]

  @Test(
    "Tiles give what the whole matrix gives, with dropout and without", arguments: shapes,
    [0, 0.3] as [Float])
  func forward(shape: AttentionShape, probability: Float) throws {
    let data = AttentionData(shape, probability: probability)
    let result = try Engines.agree { engine in data.forward(engine) }
    let expected = data.oracle(data.qkv.map(Double.init))
    expectClose(result[0], expected.out, tolerance: 3e-6)
    expectClose(result[1], expected.logSumExp, tolerance: 3e-6)
  }

  @Test(
    "The gradient is the slope of the forward pass, with dropout and without", arguments: shapes,
    [0, 0.3] as [Float])
  func backward(shape: AttentionShape, probability: Float) throws {
    let data = AttentionData(shape, probability: probability)
    let dqkv = try Engines.agree { engine in data.backward(engine) }[0]
    // One key: its weight is 1 whatever the score, so only the value's gradient isn't rounding.
    expectGradient(dqkv, at: data.qkv, seed: 5) { dot(data.oracle($0).out, data.dOut) }
  }

  @Test("Scores as large as ±1000 neither overflow nor lose the winner")
  func largeScores() throws {
    let shape = AttentionShape(batch: 1, time: 300, heads: 1, headSize: 4, causal: true)
    let data = AttentionData(shape, probability: 0, scale: 20)
    let result = try Engines.agree { engine in data.forward(engine) }
    expectClose(result[0], data.oracle(data.qkv.map(Double.init)).out, tolerance: 3e-4)
  }

  /// Grouped heads, and heads of a size that is not the width's share.
  static let grouped = [
    AttentionShape(batch: 2, time: 9, heads: 4, keyHeads: 2, headSize: 6, causal: true),
    AttentionShape(batch: 2, time: 70, heads: 6, keyHeads: 1, headSize: 4, causal: false),
  ]

  /// Sequences that end early, begin late, have gaps, or have no token at all.
  private static func padding(_ shape: AttentionShape) -> [Int32] {
    var random = RepeatableGenerator(seed: UInt64(shape.time))
    return (0..<shape.batch).flatMap { sequence in
      let length = Int.random(in: 0...shape.time, using: &random)
      let late = sequence == 1 ? shape.time / 3 : 0
      return (0..<shape.time).map { position -> Int32 in
        position >= late && position < max(length, late) && position % 7 != 3 ? 1 : 0
      }
    }
  }

  @Test(
    "Hidden positions have no weight and no gradient, grouped heads share keys and values",
    arguments: shapes + grouped, [0, 0.3] as [Float])
  func masked(shape: AttentionShape, probability: Float) throws {
    for padding in [nil, Self.padding(shape), Array(repeating: 0, count: shape.batch * shape.time)]
    {
      let data = AttentionData(shape, probability: probability, padding: padding)
      let result = try Engines.agree { engine in data.forward(engine) }
      let expected = data.oracle(data.qkv.map(Double.init))
      expectClose(result[0], expected.out, tolerance: 3e-6)
      for (found, wanted) in zip(result[1], expected.logSumExp) {
        #expect(Double(found) == wanted || abs(Double(found) - wanted) < 1e-5)
      }
      let dqkv = try Engines.agree { engine in data.backward(engine) }[0]
      expectGradient(dqkv, at: data.qkv, seed: 5) { dot(data.oracle($0).out, data.dOut) }
    }
  }

  @Test("Rotary positions turn queries and keys, and turning back is the gradient")
  func rotary() throws {
    for shape in Self.shapes.filter({ $0.headSize.isMultiple(of: 2) }) + Self.grouped {
      var random = RepeatableGenerator(seed: 3)
      let qkv = random.values(shape.batch * shape.time * shape.packedWidth)
      func turned(_ engine: Kernels, _ values: [Float], backward: Bool) -> [Float] {
        var result = values
        withWorkspace(Workspace.rotary(time: shape.time, headSize: shape.headSize)) { workspace in
          result.inPlace {
            engine.rotate(
              shape, base: 10_000, qkv: $0, backward: backward, into: $0, workspace: workspace)
          }
        }
        return result
      }
      let result = try Engines.agree { [turned($0, qkv, backward: false)] }[0]
      let expected = Oracle.rotated(qkv.map(Double.init), shape, base: 10_000)
      expectClose(result, expected, tolerance: 2e-7)
      let back = try Engines.agree { [turned($0, result, backward: true)] }[0]
      expectClose(back, qkv.map(Double.init), tolerance: 3e-7)
    }
  }
}
