import Checkpointing
import EngineTestSupport
import Kernels
import ModelGraph
import Records
import TestSupport
import Testing

@testable import Training

/// A random job on random data: the generator of laws 3, 4 and 5.
struct RandomJob {
  var job: TrainingJob
  var data: Dataset
  var policies: [CheckpointPolicy]

  init(seed: Int) throws {
    var generator = ModelGenerator(seed: seed &+ 5000)
    let model = generator.model()
    let batch = Int.random(in: 1...4, using: &generator.random)
    job = TrainingJob(
      model: model,
      optimizer: generator.optimizer(),
      schedule: generator.random.pick([
        .constant(warmup: 0), .linear(warmup: 1, floor: 0.1), .cosine(warmup: 2, floor: 0),
        .step(warmup: 0, every: 1, gamma: 0.5), .oneCycle(LearningRateSchedule.OneCycle()),
      ]),
      precision: generator.random.pick([.f32, .f32, .bf16]), length: .steps(3), batch: batch,
      accumulate: generator.random.pick([1, 1, 2, 3]),
      clipNorm: generator.random.pick([nil, nil, 0.5]), seed: seed,
      evaluateEvery: generator.random.pick([nil, 2]),
      metrics: model.loss.comparesClasses ? [.accuracy, .topK(2), .perplexity] : [])
    if job.clipNorm == nil, job.accumulate == 1 {
      job.optimizer.updatesInBackward = generator.random.oneIn(2)
    }
    data = try Dataset.random(for: model, examples: 3 * batch + 1, seed: seed)
    policies = [.every(1), .blocks(["*"])] + (0..<2).map { _ in generator.policy() }
  }
}

@Suite("Laws of training")
struct LawTests {
  @Test(
    "Checkpointing changes memory and time, never a number; and the planned peak is reached to the byte",
    arguments: 0..<80)
  func policies(seed: Int) throws {
    let random = try RandomJob(seed: seed)
    let plain = try random.job.outcome(random.data)
    #expect(plain.memory.measuredPeak == plain.memory.plannedPeak)
    for policy in random.policies {
      let outcome = try random.job.with { $0.policy = policy }.outcome(random.data)
      #expect(outcome.digest == plain.digest, "\(policy)")
      #expect(outcome.metrics == plain.metrics, "\(policy)")
      #expect(outcome.memory.measuredPeak == outcome.memory.plannedPeak, "\(policy)")
      #expect(outcome.memory.plannedPeak <= outcome.memory.reserved, "\(policy)")
      #expect(outcome.memory.parts == outcome.memory.plannedPeak, "\(policy)")
    }
  }

  @Test("Live bytes are the planned ones during every operation of a step", arguments: 0..<80)
  func timeline(seed: Int) throws {
    let random = try RandomJob(seed: seed)
    for policy in [.none] + random.policies {
      let job = random.job.with {
        $0.policy = policy
        $0.length = .steps(1)
      }
      let run = try TrainingRun(job, data: random.data, kernels: Kernels(threads: 2))
      let planned = try run.run().memory.timeline.map(\.total)
      let measured = run.training.measuredTimeline ?? []
      let first = zip(planned, measured).enumerated().first { $1.0 != $1.1 }?.offset
      let operation = first.map { run.training.program.instructions[$0] }
      #expect(planned == measured, "\(policy), at \(first ?? -1): \(String(describing: operation))")
    }
  }

  @Test("Threads change time, never a number, on random models", arguments: 0..<20)
  func threads(seed: Int) throws {
    let random = try RandomJob(seed: seed)
    let one = try random.job.outcome(random.data, threads: 1)
    for threads in [2, 3] {
      let outcome = try random.job.outcome(random.data, threads: threads)
      #expect(outcome.digest == one.digest, "\(threads) threads")
      #expect(outcome.metrics == one.metrics, "\(threads) threads")
      #expect(outcome.memory.measuredPeak == outcome.memory.plannedPeak, "\(threads) threads")
    }
  }

  @Test("Threads and policies change no number of a model whose operations have many tiles")
  func manyTiles() throws {
    let model = ModelSpec.smallGPT(
      blocks: 2, width: 128, heads: 4, vocabulary: 700, context: 96, dropout: 0.1)
    let data = try Dataset.random(for: model, examples: 24)
    var job = TrainingJob.small(model, steps: 2, batch: 6)
    job.clipNorm = 1
    let plain = try job.outcome(data, threads: 1)
    for (threads, policy) in [(2, CheckpointPolicy.every(1)), (3, .none), (2, .blocks(["*.mlp"]))] {
      let outcome = try job.with { $0.policy = policy }.outcome(data, threads: threads)
      #expect(outcome.digest == plain.digest, "\(policy) on \(threads) threads")
      #expect(outcome.memory.measuredPeak == outcome.memory.plannedPeak)
    }
  }

  @Test("The same job gives the same numbers, and another seed others")
  func seeds() throws {
    let model = ModelSpec.smallGPT(dropout: 0.1)
    let data = try Dataset.random(for: model, examples: 10)
    let job = TrainingJob.small(model)
    #expect(try job.outcome(data).digest == job.outcome(data).digest)
    #expect(try job.with { $0.seed = 8 }.outcome(data).digest != job.outcome(data).digest)
  }

  @Test("Every forward operation runs once a pass, and what is recomputed as often as planned")
  func executions() throws {
    let model = ModelSpec.smallGPT(dropout: 0.1)
    let data = try Dataset.random(for: model, examples: 10)
    let job = TrainingJob.small(model, policy: .every(2), steps: 3).with { $0.accumulate = 2 }
    let run = try TrainingRun(job, data: data, kernels: .init(threads: 2))
    let outcome = try run.run()
    let forward = try Graph(lowering: model, batch: 2).operations.count
    #expect(run.training.executions[.forward] == 3 * 2 * forward)
    #expect(run.training.executions[.recompute] == 3 * 2 * outcome.recompute.operations)
    #expect(run.training.executions[.optimizer] == 3 * run.training.program.parameters.count)
  }
}
