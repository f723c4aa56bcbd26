import EngineTestSupport
import KernelTable
import Kernels
import ModelGraph
import Records
import TestSupport
import Testing

@testable import Checkpointing
@testable import Training

@Suite("Running statistics of batch norms")
struct RunningStatisticsTests {
  private static let model = ModelSpec.resnet(
    ResNetSizes(depth: .eighteen, stem: .cifar, height: 8, width: 8, classes: 4, baseWidth: 4))

  private func job(_ policy: CheckpointPolicy, accumulate: Int = 1) -> TrainingJob {
    .small(Self.model, policy: policy, steps: 3, batch: 3).with {
      $0.accumulate = accumulate
      $0.evaluateEvery = 2
    }
  }

  private func run(_ job: TrainingJob) throws -> (run: TrainingRun, outcome: TrainingOutcome) {
    let data = try Dataset.random(for: Self.model, examples: 20)
    let run = try TrainingRun(job, data: data, kernels: Kernels(threads: 2))
    return (run, try run.run())
  }

  @Test(
    "Checkpointing changes no bit of a batch norm's statistics, accumulated batches or not",
    arguments: [CheckpointPolicy.every(1), .every(3), .sqrt, .blocks(["*bn*"]), .blocks(["*"])],
    [1, 2])
  func policies(policy: CheckpointPolicy, accumulate: Int) throws {
    let plain = try run(job(.none, accumulate: accumulate))
    let checkpointed = try run(job(policy, accumulate: accumulate))
    #expect(checkpointed.outcome.recompute.operations > 0)
    let (expected, actual) = (plain.run.statistics, checkpointed.run.statistics)
    #expect(actual.map(\.bitPattern) == expected.map(\.bitPattern))
    #expect(checkpointed.outcome.digest == plain.outcome.digest)
    #expect(checkpointed.outcome.metrics == plain.outcome.metrics)
  }

  @Test("A batch moves the statistics once: by no recomputation, and not in an evaluation")
  func once() throws {
    let options = TrainingOptions(policy: .every(1), optimizer: .sgd(0.1), threads: 2)
    let graph = try Graph(lowering: Self.model, batch: 2)
    let program = Program(training: TrainingGraph(differentiating: graph), options: options)
    let updates = program.instructions.filter(\.isStatisticsUpdate)
    #expect(updates.count == graph.statistics.count / 2)
    #expect(updates.allSatisfy { $0.phase == .forward })
    #expect(program.instructions.contains { $0.phase == .recompute && $0.isBatchNorm })
    let evaluation = Program(
      evaluating: try Graph(lowering: Self.model, batch: 2, training: false), threads: 2)
    #expect(evaluation.instructions.allSatisfy { !$0.isStatisticsUpdate })
    #expect(evaluation.instructions.allSatisfy { $0.phase == .forward })
  }

  @Test("With momentum 1 the running statistics are the last batch's, the variance unbiased")
  func momentum() throws {
    let model = ModelSpec.features(
      2, loss: .meanSquaredError,
      [LayerSpec(.batchNorm(BatchNormSpec(momentum: 1)), name: "bn"), .linear(1)])
    let data = Dataset(
      train: .features([1, 10, 3, 10, 5, 16], width: 2, classes: [0, 1, 2]),
      validation: .features([], width: 2, classes: []))
    let run = try TrainingRun(
      .small(model, steps: 2, batch: 3), data: data, kernels: Kernels(threads: 1))
    _ = try run.run()
    #expect(run.statistics == [3, 12, 4, 12])
  }

  @Test("A continued run has the statistics of one that was never interrupted")
  func continued() throws {
    let folder = try TemporaryDirectory()
    let data = try Dataset.random(for: Self.model, examples: 20)
    let whole = try run(job(.every(1)))
    let saved = SavedSteps(path: folder.path + "/step", key: "bn", interval: .zero)
    let first = try TrainingRun(
      job(.every(1)), data: data, kernels: Kernels(threads: 2), saved: saved)
    #expect(throws: TrainingFault.self) { try first.run { $0.step < 2 } }
    let second = try TrainingRun(
      job(.every(1)), data: data, kernels: Kernels(threads: 2), saved: saved)
    let outcome = try second.run()
    #expect(outcome.digest == whole.outcome.digest)
    #expect(second.statistics.map(\.bitPattern) == whole.run.statistics.map(\.bitPattern))
  }
}

extension TrainingRun {
  /// The running statistics as they are, layer after layer.
  fileprivate var statistics: [Float] {
    training.program.statistics.flatMap { training.arena.floats($0.slot) }
  }
}

extension Program.Instruction {
  fileprivate var isStatisticsUpdate: Bool {
    if case .batchNormUpdate = kind { true } else { false }
  }

  fileprivate var isBatchNorm: Bool {
    if case .batchNorm = kind { true } else { false }
  }
}
