import EngineTestSupport
import Kernels
import ModelGraph
import Records
import Testing

@testable import Checkpointing
@testable import Training

@Suite("Optimizers")
struct OptimizerTests {
  private static let model = ModelSpec.smallGPT(blocks: 3)

  private func run(_ job: TrainingJob) throws -> (TrainingRun, TrainingOutcome) {
    let data = try Dataset.random(for: job.model, examples: 12)
    let run = try TrainingRun(job, data: data, kernels: Kernels(threads: 2))
    return (run, try run.run())
  }

  @Test("Updating within the backward pass changes no bit and lowers the peak")
  func updatesInBackward() throws {
    for policy in [CheckpointPolicy.none, .every(1)] {
      let job = TrainingJob.small(Self.model, policy: policy)
      let (_, usual) = try run(job)
      let (_, fused) = try run(job.with { $0.optimizer.updatesInBackward = true })
      #expect(fused.digest == usual.digest)
      #expect(fused.metrics == usual.metrics)
      #expect(fused.memory.plannedPeak < usual.memory.plannedPeak)
      #expect(fused.memory.measuredPeak == fused.memory.plannedPeak)
    }
  }

  @Test("Updates within the backward pass go with neither clipping nor accumulation")
  func refusals() throws {
    let job = TrainingJob.small(Self.model).with { $0.optimizer.updatesInBackward = true }
    for other in [job.with { $0.clipNorm = 1 }, job.with { $0.accumulate = 2 }] {
      #expect(throws: TrainingFault.self) { try self.run(other) }
    }
  }

  @Test("Frozen parameters keep their bits, have no state, and cost no gradient")
  func frozen() throws {
    let patterns = ["wte", "wpe", "block.0", "block.1.*.weight"].map(ParameterPattern.init)
    let job = TrainingJob.small(Self.model, policy: .every(1))
    let (whole, all) = try run(job)
    let (some, outcome) = try run(job.with { $0.optimizer.frozen = patterns })
    try some.initializeParameters()
    let start = some.weights
    _ = try some.run()
    var first = 0
    var trained = 0
    for parameter in some.training.program.parameters {
      let range = first..<first + parameter.descriptor.count
      let isFrozen = patterns.contains { $0.matches(parameter.descriptor.name) }
      #expect(
        (Array(some.weights[range]) == Array(start[range])) == isFrozen,
        "\(parameter.descriptor.name)")
      if !isFrozen { trained += range.count }
      first = range.upperBound
    }
    #expect(outcome.memory.optimizer == 8 * trained)
    #expect(some.training.program.memory.flops < whole.training.program.memory.flops)
    // The first block is neither differentiated nor computed again.
    #expect(outcome.recompute.operations < all.recompute.operations)
    let touched = some.training.program.instructions.filter {
      $0.phase != .forward && $0.layer.hasPrefix("block.0.")
    }
    #expect(touched.isEmpty)
  }

  @Test("A group without decay and with its own rate moves as a run with these constants does")
  func groups() throws {
    let job = TrainingJob.small(Self.model, steps: 3).with { $0.optimizer = .sgd(0.1) }
    let (plain, _) = try run(job)
    // All parameters in one group: the same as changing the optimizer itself.
    let grouped = job.with {
      $0.optimizer = .sgd(learningRate: 0.4, momentum: 0, weightDecay: 0.5)
      $0.optimizer.groups = [
        ParameterGroup([ParameterPattern("none")], learningRateScale: 9),
        ParameterGroup([ParameterPattern("*")], learningRateScale: 0.25, weightDecay: 0),
        ParameterGroup([ParameterPattern("*")], learningRateScale: 7, weightDecay: 7),
      ]
    }
    let (scaled, _) = try run(grouped)
    #expect(plain.weights == scaled.weights)
  }
}
