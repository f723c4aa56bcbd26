import Testing

@testable import Training

@Suite("Batch order")
struct BatchOrderTests {
  @Test(
    "Each epoch shows every example once, but for a last partial batch",
    arguments: [
      (12, 4), (13, 4), (5, 5), (7, 1), (100, 33),
    ])
  func permutation(examples: Int, batch: Int) {
    var order = BatchOrder(examples: examples, batch: batch, seed: 3)
    let batches = examples / batch
    #expect(order.batchesPerEpoch == batches)
    for epoch in 0..<4 {
      let seen = (0..<batches).flatMap { order.examples(ofBatch: epoch * batches + $0) }
      #expect(seen.count == batches * batch)
      #expect(Set(seen).count == seen.count)
      #expect(seen.allSatisfy { (0..<examples).contains($0) })
    }
  }

  @Test(
    "Where the last batch is kept, each epoch shows every example once, the rest in its last batch",
    arguments: [(12, 4), (13, 4), (5, 5), (7, 1), (100, 33), (3, 8)])
  func keptRest(examples: Int, batch: Int) {
    var order = BatchOrder(examples: examples, batch: batch, dropsLast: false, seed: 3)
    var dropping = BatchOrder(examples: examples, batch: min(batch, examples), seed: 3)
    let batches = (examples + batch - 1) / batch
    #expect(order.batchesPerEpoch == batches)
    for epoch in 0..<3 {
      let seen = (0..<batches).map { order.examples(ofBatch: epoch * batches + $0) }
      #expect(Set(seen.joined()) == Set(0..<examples))
      #expect(seen.map(\.count).reduce(0, +) == examples)
      #expect(seen.last?.count == order.partialBatch ?? order.batch)
      // Whole batches are those of a run that drops the rest.
      for number in 0..<dropping.batchesPerEpoch {
        let same = dropping.examples(ofBatch: epoch * dropping.batchesPerEpoch + number)
        #expect(seen[number] == same)
      }
    }
  }

  @Test("A batch is a function of the seed and its number, in whatever order batches are asked for")
  func functionOfNumber() {
    var forward = BatchOrder(examples: 10, batch: 3, seed: 5)
    let expected = (0..<12).map { Array(forward.examples(ofBatch: $0)) }
    for number in [11, 0, 7, 7, 3, 10] {
      var fresh = BatchOrder(examples: 10, batch: 3, seed: 5)
      #expect(Array(fresh.examples(ofBatch: number)) == expected[number])
      #expect(Array(forward.examples(ofBatch: number)) == expected[number])
    }
  }

  @Test("Epochs and seeds differ in their order")
  func differences() {
    func epoch(_ number: Int, seed: Int) -> [Int] {
      var order = BatchOrder(examples: 50, batch: 50, seed: seed)
      return Array(order.examples(ofBatch: number))
    }
    let orders = [epoch(0, seed: 1), epoch(1, seed: 1), epoch(2, seed: 1), epoch(0, seed: 2)]
    #expect(Set(orders).count == 4)
    #expect(orders.allSatisfy { $0 != Array(0..<50) })
  }

  @Test("Every example is as likely at the first place as any other")
  func fairness() {
    var counts = Array(repeating: 0, count: 8)
    for seed in 0..<4000 {
      var order = BatchOrder(examples: 8, batch: 1, seed: seed)
      counts[order.examples(ofBatch: 0).first ?? 0] += 1
    }
    // 500 each; five standard deviations are about 105.
    #expect(counts.allSatisfy { abs($0 - 500) < 105 }, "\(counts)")
  }
}
