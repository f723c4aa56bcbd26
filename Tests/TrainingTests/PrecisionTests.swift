import Checkpointing
import EngineTestSupport
import Kernels
import ModelGraph
import Records
import TestSupport
import Testing

@testable import Training

@Suite("Precision")
struct PrecisionTests {
  private static func job(_ precision: Precision, dropout: Float = 0) -> TrainingJob {
    var job = TrainingJob.small(
      .smallGPT(blocks: 3, width: 32, heads: 2, vocabulary: 61, context: 24, dropout: dropout),
      steps: 10, batch: 4)
    job.precision = precision
    return job
  }

  @Test("bf16 follows the losses of f32 to a hundredth over ten steps")
  func losses() throws {
    let data = try Dataset.random(for: Self.job(.f32).model, examples: 12)
    let exact = try #require(Self.job(.f32).outcome(data).metrics["loss"]).points
    let narrow = try #require(Self.job(.bf16).outcome(data).metrics["loss"]).points
    #expect(exact != narrow)
    for (exact, narrow) in zip(exact, narrow) {
      #expect(abs(exact.value - narrow.value) <= 1e-2 * exact.value)
    }
  }

  @Test("bf16 halves what is kept for the backward pass, but for statistics")
  func kept() throws {
    let data = try Dataset.random(for: Self.job(.f32).model, examples: 12)
    let wide = try Self.job(.f32).outcome(data).memory
    let narrow = try Self.job(.bf16).outcome(data).memory
    #expect(Double(narrow.kept) < 0.55 * Double(wide.kept))
    #expect(narrow.parameters == wide.parameters)
    #expect(narrow.optimizer == wide.optimizer)
  }

  @Test("In bf16 too, policies and threads change no number, and the planned peak is reached")
  func laws() throws {
    let job = Self.job(.bf16, dropout: 0.1)
    let data = try Dataset.random(for: job.model, examples: 12)
    let plain = try job.outcome(data, threads: 1)
    for policy in [CheckpointPolicy.none, .every(1), .sqrt, .blocks(["*.mlp"])] {
      let outcome = try job.with { $0.policy = policy }.outcome(data, threads: 2)
      #expect(outcome.digest == plain.digest, "\(policy)")
      #expect(outcome.memory.measuredPeak == outcome.memory.plannedPeak, "\(policy)")
    }
  }
}
