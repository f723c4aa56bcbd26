import KernelTable
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
}
