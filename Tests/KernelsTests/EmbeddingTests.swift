import KernelTable
import TestSupport
import Testing

@testable import Kernels

@Suite("Embeddings")
struct EmbeddingTests {
  @Test("Rows are looked up, and gradients of equal tokens add up", arguments: [1, 33, 300])
  func tokens(width: Int) throws {
    let (rows, vocabulary) = (71, 13)
    var random = RepeatableGenerator(seed: UInt64(width))
    let (weights, dy) = (random.values(vocabulary * width), random.values(rows * width))
    let tokens = random.tokens(rows, below: vocabulary)
    let result = try Engines.agree { engine in
      var y = unwritten(rows * width)
      var written = unwritten(weights.count)
      var added = [Float](repeating: 1, count: weights.count)
      engine.embeddingForward(
        tokens: tokens, table: weights, into: &y, rows: rows, width: width,
        vocabulary: vocabulary)
      engine.embeddingBackward(
        dy: dy, tokens: tokens, into: &written, accumulate: false, rows: rows, width: width,
        vocabulary: vocabulary)
      engine.embeddingBackward(
        dy: dy, tokens: tokens, into: &added, accumulate: true, rows: rows, width: width,
        vocabulary: vocabulary)
      return [y, written, added]
    }
    var expected = [Double](repeating: 0, count: weights.count)
    for (row, token) in tokens.enumerated() {
      for column in 0..<width {
        let place = Int(token) * width + column
        #expect(result[0][row * width + column] == weights[place])
        expected[place] += Double(dy[row * width + column])
      }
    }
    expectClose(result[1], expected, tolerance: 1e-6)
    expectClose(result[2], expected.map { $0 + 1 }, tolerance: 1e-6)
  }

  @Test("Positions are added to every sequence, and their gradients add up over the batch")
  func positions() throws {
    let (batch, time, width) = (5, 7, 37)
    var random = RepeatableGenerator(seed: 2)
    let (x, table) = (random.values(batch * time * width), random.values(time * width))
    let result = try Engines.agree { engine in
      var (y, written) = (unwritten(x.count), unwritten(table.count))
      var added = [Float](repeating: 1, count: table.count)
      engine.positionForward(
        x: x, positions: table, into: &y, batch: batch, time: time,
        width: width)
      engine.positionBackward(
        dy: x, into: &written, accumulate: false, batch: batch, time: time, width: width)
      engine.positionBackward(
        dy: x, into: &added, accumulate: true, batch: batch, time: time, width: width)
      return [y, written, added]
    }
    #expect(result[0] == x.indices.map { x[$0] + table[$0 % (time * width)] })
    let expected = table.indices.map { place in
      (0..<batch).reduce(0.0) { $0 + Double(x[$1 * time * width + place]) }
    }
    expectClose(result[1], expected, tolerance: 1e-6)
    expectClose(result[2], expected.map { $0 + 1 }, tolerance: 1e-6)
  }
}
