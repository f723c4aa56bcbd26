import Checkpointing
import EngineTestSupport
import Glibc
import ModelGraph
import Records
import Testing

@testable import Training

@Suite("Evaluation")
struct EvaluationTests {
  private static let models: [ModelSpec] = [
    .smallGPT(blocks: 2, dropout: 0.2),
    .features(6, [.linear(8), .gelu, .dropout(0.3), .linear(4)]),
    .features(
      6, loss: .meanSquaredError, [.linear(8), .relu, .residual([.dropout(0.3)]), .linear(1)]),
  ]

  @Test("Evaluating at any moment changes no bit of the training", arguments: models.indices)
  func changesNothing(index: Int) throws {
    let model = Self.models[index]
    let data = try Dataset.random(for: model, examples: 12)
    let job = TrainingJob.small(model, policy: .every(1), steps: 6)
    let plain = try job.outcome(data)
    for every in [1, 2, 5] {
      let evaluated = try job.with { $0.evaluateEvery = every }.outcome(data)
      #expect(evaluated.digest == plain.digest, "every \(every)")
      #expect(evaluated.memory.plannedPeak == plain.memory.plannedPeak)
      let steps = evaluated.metrics["validation.loss"]?.points.map(\.step)
      #expect(steps == (1...6).filter { $0 % every == 0 || $0 == 6 })
    }
  }

  @Test("An evaluation is the mean over all held-out examples, however they fall into batches")
  func meanOverExamples() throws {
    for model in Self.models {
      let data = try Dataset.random(for: model, examples: 14)
      let values = try [1, 2, 3, 5, 7, 14].map { batch -> Double in
        let job = TrainingJob.small(model, steps: 1, batch: batch).with {
          $0.optimizer = .sgd(0)
          $0.evaluateEvery = 1
        }
        return try #require(try job.outcome(data).metrics["validation.loss"]?.last)
      }
      for value in values { #expect(abs(value - values[0]) < 1e-6 * values[0], "\(values)") }
    }
  }

  @Test("Accuracy, top-k and perplexity are those of the logits, with and without a fused head")
  func metrics() throws {
    let layers: [LayerSpec] = [.linear(8), .gelu, .linear(4)]
    // A dropout of nothing after the last layer keeps it from being fused with the loss.
    for model in [ModelSpec.features(6, layers), .features(6, layers + [.dropout(0)])] {
      let data = try Dataset.random(for: model, examples: 26)
      let job = TrainingJob.small(model, steps: 20, batch: 5).with {
        $0.evaluateEvery = 20
        $0.metrics = [.accuracy, .topK(2), .perplexity, .topK(4)]
      }
      let metrics = try job.outcome(data).metrics
      let last = { (name: String) in try #require(metrics["validation.\(name)"]?.last) }
      #expect(try (0...13).contains { Double($0) / 13 == (try last("accuracy")) })
      #expect(try last("accuracy") <= last("top_2") && last("top_2") <= 1)
      #expect(try last("top_4") == 1)
      #expect(try abs(last("perplexity") - exp(last("loss"))) < 1e-12)
      #expect(metrics["perplexity"]?.points.count == 20)
    }
  }

  @Test("A model that has learnt its data by heart is right about all of it")
  func perfect() throws {
    let model = ModelSpec.features(2, [.linear(16), .relu, .linear(4)])
    let corners = Examples.features(
      [0, 0, 0, 1, 1, 0, 1, 1], width: 2, classes: [0, 1, 2, 3])
    let job = TrainingJob.small(model, steps: 300, batch: 4).with {
      $0.optimizer = .adamw(0.05)
      $0.evaluateEvery = 300
      $0.metrics = [.accuracy]
    }
    let outcome = try job.outcome(Dataset(train: corners, validation: corners))
    #expect(outcome.metrics["validation.accuracy"]?.last == 1)
  }

  @Test("An evaluation on the training split of a model without dropout is the training loss")
  func trainingSplit() throws {
    let model = ModelSpec.smallGPT(blocks: 2)
    let data = try Dataset.random(for: model, examples: 4)
    let job = TrainingJob.small(model, steps: 1, batch: 4).with {
      $0.optimizer = .sgd(0)
      $0.evaluateEvery = 1
      $0.evaluationSplit = .train
    }
    let outcome = try job.outcome(data)
    let evaluated = try #require(outcome.metrics["train.loss"]?.last)
    #expect(abs(evaluated - outcome.losses[0]) < 1e-6 * evaluated)
  }
}
