import Checkpointing
import EngineTestSupport
import Kernels
import ModelGraph
import Records
import Testing

@testable import Training

@Suite("Steps")
struct StepTests {
  private static let model = ModelSpec.smallGPT(blocks: 2)

  @Test("Two batches of 4 added up are one batch of 8, to the rounding of f32")
  func accumulation() throws {
    let data = try Dataset.random(for: Self.model, examples: 16)
    let whole = try TrainingJob.small(Self.model, steps: 6, batch: 8).outcome(data)
    let parts = try TrainingJob.small(Self.model, steps: 6, batch: 4).with { $0.accumulate = 2 }
      .outcome(data)
    for (left, right) in zip(whole.losses, parts.losses) {
      #expect(abs(left - right) < 1e-5 * abs(left), "\(left) \(right)")
    }
    #expect(whole.losses.count == 6)
  }

  @Test("A clipped gradient has the norm that it is clipped to")
  func clipping() throws {
    let data = try Dataset.random(for: Self.model, examples: 8)
    for limit: Float in [1e-3, 0.1] {
      let job = TrainingJob.small(Self.model, steps: 1).with {
        $0.optimizer = .sgd(1)
        $0.clipNorm = limit
      }
      let run = try TrainingRun(job, data: data, kernels: .init(threads: 2))
      try run.initializeParameters()
      let before = run.weights
      _ = try run.run()
      let change = norm(zip(before, run.weights).map { $0 - $1 })
      #expect(abs(change - Double(limit)) < 1e-3 * Double(limit), "\(change) for \(limit)")
    }
  }

  @Test("A limit above every gradient's norm changes no bit")
  func looseClipping() throws {
    let data = try Dataset.random(for: Self.model, examples: 8)
    let job = TrainingJob.small(Self.model)
    let clipped = try job.with { $0.clipNorm = 1e6 }.outcome(data)
    #expect(try clipped.digest == job.outcome(data).digest)
  }

  @Test("Momentum is one more tensor for each parameter, AdamW two, plain descent none")
  func optimizerState() throws {
    let data = try Dataset.random(for: Self.model, examples: 8)
    for (optimizer, states) in [
      (OptimizerSpec.sgd(0.1), 0), (.sgd(0.1, momentum: 0.9), 1), (.adamw(), 2),
    ] {
      let memory = try TrainingJob.small(Self.model).with { $0.optimizer = optimizer }
        .outcome(data).memory
      #expect(memory.optimizer == states * memory.parameters)
    }
  }

  @Test("With the same gradient in each step, momentum μ moves weights by 1, 1 + μ, 1 + μ + μ²")
  func momentum() throws {
    // One weight, prediction w·x; x = 0 leaves only the bias, whose gradient depends on it alone.
    let model = ModelSpec.features(1, loss: .meanSquaredError, [.linear(1)])
    let zeros = Examples.features([0, 0], width: 1, classes: [1, 1])
    let data = Dataset(train: zeros, validation: zeros)
    func bias(steps: Int) throws -> Double {
      let job = TrainingJob.small(model, steps: steps).with {
        $0.optimizer = .sgd(0.01, momentum: 0.5)
      }
      let run = try TrainingRun(job, data: data, kernels: .init(threads: 1))
      _ = try run.run()
      return Double(run.weights[1])
    }
    let start = TrainingJob.small(model).with { $0.optimizer = .sgd(0) }
    let run = try TrainingRun(start, data: data, kernels: .init(threads: 1))
    _ = try run.run()
    var (expected, velocity) = (Double(run.weights[1]), 0.0)
    for steps in 1...3 {
      velocity = 0.5 * velocity + 2 * (expected - 1)
      expected -= 0.01 * velocity
      #expect(abs(try bias(steps: steps) - expected) < 1e-6)
    }
  }

  @Test("Epochs are as many steps as there are whole batches in them, accumulated ones together")
  func epochs() throws {
    let data = try Dataset.random(for: Self.model, examples: 13)
    let job = TrainingJob.small(Self.model, steps: 12)
    let epochs = try job.with { $0.length = .epochs(2) }.outcome(data)
    #expect(try epochs.digest == job.outcome(data).digest)
    #expect(epochs.summary.steps == 12)
    #expect(epochs.summary.epochs == 2)
    let accumulated = try job.with {
      $0.length = .epochs(2)
      $0.accumulate = 3
    }.outcome(data)
    #expect(accumulated.summary.steps == 4)
    #expect(job.with { $0.length = .epochs(.max) }.stepCount(batchesPerEpoch: 6) > 1 << 60)
  }

  @Test("Losses are recorded every k steps, and of the first and the last one always")
  func logging() throws {
    let data = try Dataset.random(for: Self.model, examples: 8)
    let all = try TrainingJob.small(Self.model, steps: 8).outcome(data)
    let some = try TrainingJob.small(Self.model, steps: 8).with { $0.logEvery = 3 }.outcome(data)
    #expect(some.metrics["loss"]?.points.map(\.step) == [1, 3, 6, 8])
    #expect(some.losses == [0, 2, 5, 7].map { all.losses[$0] })
    #expect(some.digest == all.digest)
  }

  @Test(
    "Training lowers the loss of every kind of model",
    arguments: [
      ModelSpec.smallGPT(blocks: 2),
      .features(6, [.linear(16), .gelu, .linear(4)]),
      .features(6, loss: .meanSquaredError, [.linear(16), .relu, .linear(1)]),
      .tokens(9, context: 4, width: 8, loss: .meanSquaredError, [.norm, .linear(9)]),
      .tokens(9, context: 4, width: 12, [.norm]),
    ])
  func learns(model: ModelSpec) throws {
    let data = try Dataset.random(for: model, examples: 8)
    let job = TrainingJob.small(model, steps: 200, batch: 8).with { $0.optimizer = .adamw(1e-2) }
    let losses = try job.outcome(data).losses
    #expect(losses[199] < 0.9 * losses[0], "\(losses[0]) … \(losses[199])")
  }

  @Test("Training never runs more than the system's memory: an arena that can't be had is a fault")
  func outOfMemory() {
    #expect(throws: TrainingFault.self) {
      try Arena(byteCounts: [.step: 1 << 60])
    }
  }
}
