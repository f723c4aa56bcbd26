import Checkpointing
import EngineTestSupport
import Glibc
import Kernels
import ModelGraph
import Records
import TestSupport
import Testing

@testable import Training

@Suite("Generation")
struct GenerationTests {
  private static let models: [ModelSpec] = [
    .smallGPT(blocks: 2, width: 16, heads: 2, vocabulary: 31, context: 12),
    .tokens(
      9, context: 8, width: 16,
      [
        .repeat(
          2,
          [
            .residual([
              .norm,
              LayerSpec(
                .attention(AttentionSpec(heads: 4, keyHeads: 2, rotaryBase: 10_000))),
            ])
          ]), .norm, .linear(9), LayerSpec(.dropout(probability: 0.5)),
      ]),
  ]

  /// A trained model's weights in a file, and the run that made them.
  private func trained(
    _ model: ModelSpec, in folder: TemporaryDirectory
  ) throws -> (SavedWeights, TrainingRun, Dataset) {
    let data = try Dataset.random(for: model, examples: 8)
    let run = try TrainingRun(
      TrainingJob.small(model, steps: 5), data: data, kernels: Kernels(threads: 2))
    _ = try run.run()
    let weights = SavedWeights(path: folder.path("weights"), key: "key")
    try run.keepWeights(in: weights)
    return (weights, run, data)
  }

  /// The logits of every position, from a forward pass of the whole sequence.
  private func logits(
    _ model: ModelSpec, _ weights: SavedWeights, _ tokens: [Int32]
  ) throws -> [[Float]] {
    try tokens.indices.map { last in
      let generator = try TokenGenerator(model, counts: [], kernels: Kernels(threads: 1))
      try weights.read(into: generator.weights)
      return Array(generator.read(tokens[...last]))
    }
  }

  @Test("A cache changes no logit, whether positions are read at once or one by one")
  func cache() throws {
    for model in Self.models {
      let folder = try TemporaryDirectory()
      let (weights, _, _) = try trained(model, in: folder)
      guard case .tokens(let input) = model.input else { return }
      var random = RepeatableGenerator(seed: 4)
      let tokens = (0..<input.contextLength).map { _ in
        Int32.random(in: 0..<Int32(input.vocabularySize), using: &random)
      }
      let expected = try logits(model, weights, tokens)
      for count in [1, 3, tokens.count - 1] {
        let generator = try TokenGenerator(model, counts: [count], kernels: Kernels(threads: 2))
        try weights.read(into: generator.weights)
        var actual = Array(generator.read(tokens[...count]))
        for index in count..<tokens.count {
          if index > count { actual = Array(generator.read(tokens[index...index])) }
          expectPyTorch(actual, expected[index], "\(count) at once, position \(index)")
        }
      }
    }
  }

  @Test("The logits of a generation have the loss of an evaluation")
  func sameModel() throws {
    for model in Self.models {
      let folder = try TemporaryDirectory()
      let (weights, _, data) = try trained(model, in: folder)
      guard case .tokens(let tokens) = data.validation, case .tokens(let input) = model.input
      else { return }
      let window = Array(tokens.prefix(input.contextLength + 1))
      let one = Dataset(train: .tokens(window), validation: .tokens(window))
      let job = EvaluationJob(model: model, split: .validation, batch: 1)
      let loss = try job.run(on: one, weights: weights, kernels: Kernels(threads: 2)).values[0]
      let generator = try TokenGenerator(model, counts: [], kernels: Kernels(threads: 2))
      try weights.read(into: generator.weights)
      var sum = 0.0
      for index in 0..<input.contextLength {
        let logits = generator.read(window[index...index]).map(Double.init)
        let top = logits.max() ?? 0
        let total = logits.reduce(0) { $0 + exp($1 - top) }
        sum += log(total) + top - logits[Int(window[index + 1])]
      }
      #expect(abs(sum / Double(input.contextLength) - loss.value) < 1e-5)
    }
  }

  @Test("Generation is a function of its seed, and goes on beyond the context")
  func seeds() throws {
    let model = Self.models[0]
    let folder = try TemporaryDirectory()
    let (weights, _, _) = try trained(model, in: folder)
    func tokens(_ sampling: SamplingOptions, threads: Int = 2) throws -> [Int32] {
      try GenerationJob(model: model, prompt: [1, 2, 3], count: 40, sampling: sampling)
        .run(weights: weights, kernels: Kernels(threads: threads))
    }
    let first = try tokens(SamplingOptions(seed: 1))
    #expect(first.count == 40 && first.allSatisfy { $0 >= 0 && $0 < 31 })
    #expect(try tokens(SamplingOptions(seed: 1), threads: 1) == first)
    #expect(try tokens(SamplingOptions(seed: 2)) != first)
    let greedy = try tokens(SamplingOptions(temperature: 0))
    #expect(try tokens(SamplingOptions(topK: 1, seed: 5)) == greedy)
    #expect(try tokens(SamplingOptions(topP: 1e-9, seed: 5)) == greedy)
  }

  @Test("Draws follow the probabilities of the tokens that are left")
  func sampling() {
    let logits: [Float] = [0, 1, 2, -1].map { Float($0) * 0.5 }
    func counts(_ options: SamplingOptions) -> [Int] {
      var sampler = TokenSampler(options)
      var counts = [0, 0, 0, 0]
      logits.withUnsafeBufferPointer { logits in
        for _ in 0..<20_000 { counts[Int(sampler.next(logits))] += 1 }
      }
      return counts
    }
    let weights = logits.map { exp(Double($0)) }
    let total = weights.reduce(0, +)
    for (count, weight) in zip(counts(SamplingOptions(seed: 3)), weights) {
      #expect(abs(Double(count) / 20_000 - weight / total) < 0.02)
    }
    let two = counts(SamplingOptions(topK: 2, seed: 3))
    #expect(two[0] == 0 && two[3] == 0 && two[1] > 0)
    #expect(
      counts(SamplingOptions(topP: 0.7, seed: 3)).map { $0 > 0 } == [false, true, true, false])
    #expect(counts(SamplingOptions(temperature: 0)) == [0, 0, 20_000, 0])
  }

  @Test("An evaluation of kept weights gives what the training's own evaluation gave")
  func evaluation() throws {
    let model = ModelSpec.features(6, [.linear(8), .gelu, .linear(4)])
    let folder = try TemporaryDirectory()
    let data = try Dataset.random(for: model, examples: 20)
    let job = TrainingJob.small(model, steps: 5, batch: 3).with {
      $0.evaluateEvery = 5
      $0.metrics = [.accuracy, .topK(2)]
    }
    let run = try TrainingRun(job, data: data, kernels: Kernels(threads: 2))
    let metrics = try run.run().metrics
    let weights = SavedWeights(path: folder.path("weights"), key: "key")
    #expect(!weights.isWhole)
    try run.keepWeights(in: weights)
    #expect(weights.isWhole)
    let evaluation = EvaluationJob(
      model: model, split: .validation, batch: 3, metrics: [.accuracy, .topK(2)])
    let outcome = try evaluation.run(on: data, weights: weights, kernels: Kernels(threads: 1))
    for value in outcome.values {
      #expect(metrics["validation.\(value.name)"]?.points.last?.value == value.value)
    }
    #expect(outcome.values.map(\.name) == ["loss", "accuracy", "top_2"])
    #expect(outcome.examples == 10 && outcome.targets == 10)
    let other = SavedWeights(path: weights.path, key: "other")
    #expect(!other.isWhole)
    #expect(throws: TrainingFault.self) {
      try evaluation.run(on: data, weights: other, kernels: Kernels(threads: 1))
    }
    var bytes = try folder.bytes("weights")
    bytes[bytes.count / 2] ^= 1
    try folder.write("weights", bytes: bytes)
    #expect(!weights.isWhole)
  }

  @Test("Attention to later positions can't generate")
  func notCausal() {
    let attention = LayerSpec(.attention(AttentionSpec(heads: 2, causal: false)))
    #expect(throws: ModelFault.self) {
      try Graph(
        generatingWith: .tokens(9, context: 4, width: 8, [attention, .linear(9)]), count: 1,
        hasLogits: true)
    }
  }

  @Test(
    "Layers that compute with all positions at once can't generate",
    arguments: [
      [LayerSpec(.groupNorm(groups: 2, epsilon: 1e-5)), .linear(9)],
      [LayerSpec(.flatten), .linear(32), LayerSpec(.reshape([4, 8])), .linear(9)],
    ])
  func joinedPositions(layers: [LayerSpec]) {
    #expect {
      try Graph(
        generatingWith: .tokens(9, context: 4, width: 8, layers), count: 1, hasLogits: true)
    } throws: { error in
      if case .joinsPositions = (error as? ModelFault)?.reason { true } else { false }
    }
  }
}
