import Checkpointing
import EngineTestSupport
import Kernels
import ModelGraph
import Records
import TestSupport
import Testing

@testable import Training

@Suite("A last batch of an epoch that is smaller than the others")
struct PartialBatchTests {
  /// A random job whose epochs end with a smaller batch, which its steps come to.
  private static func random(seed: Int) throws -> RandomJob {
    var random = try RandomJob(seed: seed &+ 300)
    var generator = RepeatableGenerator(seed: seed)
    let batch = Int.random(in: 2...4, using: &generator)
    random.job.batch = batch
    random.job.dropsLast = false
    random.job.length = .steps(5)
    let rest = Int.random(in: 1..<batch, using: &generator)
    let whole = Int.random(in: 0...2, using: &generator) * batch
    random.data = try .random(for: random.job.model, examples: whole + rest, seed: seed)
    return random
  }

  @Test(
    "Policies change no number of it, and the planned peak is reached to the byte",
    arguments: 0..<40
  )
  func policies(seed: Int) throws {
    let random = try Self.random(seed: seed)
    let plain = try random.job.outcome(random.data)
    #expect(plain.memory.measuredPeak == plain.memory.plannedPeak)
    let budget = CheckpointPolicy.budget(.bytes(plain.memory.reserved))
    for policy in random.policies + [budget, .minimum] {
      let outcome = try random.job.with { $0.policy = policy }.outcome(random.data)
      #expect(outcome.digest == plain.digest, "\(policy)")
      #expect(outcome.metrics == plain.metrics, "\(policy)")
      #expect(outcome.memory.measuredPeak == outcome.memory.plannedPeak, "\(policy)")
      #expect(outcome.memory.plannedPeak <= outcome.memory.reserved, "\(policy)")
    }
  }

  @Test("Threads change no number of it", arguments: 0..<10)
  func threads(seed: Int) throws {
    let random = try Self.random(seed: seed)
    let one = try random.job.outcome(random.data, threads: 1)
    let three = try random.job.outcome(random.data, threads: 3)
    #expect(three.digest == one.digest)
    #expect(three.memory.measuredPeak == three.memory.plannedPeak)
  }

  @Test("Nothing reads bytes of another batch's step", arguments: 0..<20)
  func poisoned(seed: Int) throws {
    let random = try Self.random(seed: seed)
    let plain = try random.job.outcome(random.data)
    let run = try TrainingRun(random.job, data: random.data, kernels: Kernels(threads: 2))
    run.training.poisonsFreedBytes = true
    run.executors.partial?.poisonsFreedBytes = true
    #expect(try run.run().digest == plain.digest)
  }

  @Test("A run that stops after any step continues there and ends as if it had not")
  func continues() throws {
    let model = ModelSpec.smallGPT(blocks: 2, dropout: 0.1)
    let data = try Dataset.random(for: model, examples: 8)
    let job = TrainingJob.small(model, policy: .every(1), steps: 6, batch: 3).with {
      $0.dropsLast = false
      $0.accumulate = 2
    }
    let undisturbed = try job.outcome(data)
    let folder = try TemporaryDirectory()
    for step in 1..<6 {
      let saved = SavedSteps(path: folder.path("step"), key: "\(step)")
      func run() throws -> TrainingRun {
        try TrainingRun(job, data: data, kernels: Kernels(threads: 2), saved: saved)
      }
      #expect(throws: TrainingFault.self) { try run().run { $0.step != step } }
      let outcome = try run().run()
      #expect(outcome.digest == undisturbed.digest)
      #expect(outcome.memory == undisturbed.memory)
    }
  }

  @Test("Fewer examples than a batch are one batch: the run of a batch of that size")
  func fewExamples() throws {
    let model = ModelSpec.smallGPT(blocks: 2)
    let data = try Dataset.random(for: model, examples: 3)
    let job = TrainingJob.small(model, batch: 8).with {
      $0.dropsLast = false
      $0.evaluateEvery = 2
    }
    let exact = try job.with { $0.batch = 3 }.outcome(data)
    let outcome = try job.outcome(data)
    #expect(outcome.digest == exact.digest)
    #expect(outcome.memory == exact.memory)
    #expect(throws: TrainingFault.self) { try job.with { $0.dropsLast = true }.outcome(data) }
  }

  @Test("Epochs count it as a step; whole epochs of whole batches are those that drop nothing")
  func epochs() throws {
    let model = ModelSpec.smallGPT(blocks: 1)
    let job = TrainingJob.small(model, batch: 4).with {
      $0.dropsLast = false
      $0.length = .epochs(3)
    }
    let some = try job.outcome(.random(for: model, examples: 9))
    #expect(some.summary.steps == 9)
    #expect(some.summary.epochs == 3)
    let whole = try Dataset.random(for: model, examples: 8)
    let (kept, dropped) = try (
      job.outcome(whole), job.with { $0.dropsLast = true }.outcome(whole)
    )
    #expect(kept.digest == dropped.digest)
    #expect(kept.memory == dropped.memory)
  }

  @Test(
    "Losses follow PyTorch's loop over a DataLoader that keeps the last batch", arguments: 1...3)
  func pytorch(accumulate: Int) throws {
    let fixture = try Fixture("partial_batches")
    let expected = try fixture.named("accumulate \(accumulate)")
    let start = try fixture.named("parameters")
    let model = ModelSpec.features(
      5,
      [
        .linear(7, name: "inner"), LayerSpec(.batchNorm(BatchNormSpec()), name: "norm"), .relu,
        .linear(3, name: "head"),
      ])
    let train = Examples.features(
      try start.floats("x"), width: 5, classes: try start.indices("classes"))
    let losses = try expected.floats("losses")
    let job = TrainingJob(
      model: model, optimizer: .sgd(learningRate: 0.05, momentum: 0.9, weightDecay: 0),
      length: .epochs(4), batch: 4, dropsLast: false, accumulate: accumulate, seed: 3)
    let parameters = start.tensors.mapValues(\.floats)
    let weights = InitialWeights { parameters[$0] }
    let run = try TrainingRun(
      job, data: Dataset(train: train, validation: train), kernels: Kernels(threads: 2),
      weights: weights)
    let outcome = try run.run()
    #expect(outcome.losses.count == losses.count)
    for (left, right) in zip(outcome.losses, losses) {
      #expect(abs(left - Double(right)) <= 1e-4 * Double(abs(right)), "\(outcome.losses) \(losses)")
    }
  }
}
