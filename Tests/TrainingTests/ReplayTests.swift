import EngineTestSupport
import Kernels
import ModelGraph
import Records
import TestSupport
import Testing

@testable import Checkpointing
@testable import Training

@Suite("Replay checked against the first pass")
struct ReplayTests {
  private static let model = ModelSpec.smallGPT(blocks: 2, dropout: 0.2)

  private func run(_ job: TrainingJob) throws -> TrainingRun {
    let data = try Dataset.random(for: job.model, examples: 8)
    return try TrainingRun(
      job.with { $0.verifiesReplay = true }, data: data, kernels: Kernels(threads: 2))
  }

  @Test("Checking changes no number, and finds nothing on random models", arguments: 0..<30)
  func nothingFound(seed: Int) throws {
    let random = try RandomJob(seed: seed)
    for policy in random.policies {
      let job = random.job.with { $0.policy = policy }
      let plain = try job.outcome(random.data)
      let checked = try job.with { $0.verifiesReplay = true }.outcome(random.data)
      #expect(checked.digest == plain.digest, "\(policy)")
      #expect(checked.memory.measuredPeak == plain.memory.plannedPeak, "\(policy)")
    }
  }

  @Test("16. Other values of the same shape in a replay are found, and the operation is named")
  func otherValues() throws {
    let run = try run(.small(Self.model, policy: .every(1)))
    var program = run.training.program
    let index = try #require(
      program.instructions.lastIndex { $0.phase == .recompute && $0.kind.rule.name == "dropout" })
    guard case .dropout(var rule) = program.instructions[index].kind else { return }
    rule.probability = 0.4
    program.instructions[index].kind = .dropout(rule)
    let executor = Executor(program, arena: run.training.arena, kernels: run.kernels)
    executor.verifiesReplay = true
    try run.initializeParameters()
    let loader = run.loader(of: run.data.train, for: executor)
    let batch = try loader.batch([0, 1])
    let context = StepContext(seed: 7, step: 1, passes: 1, learningRate: 0)
    _ = executor.step(context) { _ in loader.write(batch, to: executor.arena) }
    let layer = program.instructions[index].layer
    #expect(executor.replayDifference == "\(layer) (dropout)")
  }

  @Test(
    "22. A step that fails in its replay leaves a run that gives the same numbers when run again")
  func runAgain() throws {
    let job = TrainingJob.small(Self.model, policy: .every(1))
    let run = try run(job)
    let expected = try run.run().digest
    #expect(try run.run().digest == expected)
    #expect(TrainingFault.replayDiffers(step: 2, operation: "a (linear)").code == "replay-differs")
  }
}
