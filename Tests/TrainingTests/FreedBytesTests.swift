import EngineTestSupport
import Kernels
import ModelGraph
import Records
import TestSupport
import Testing

@testable import Checkpointing
@testable import Training

@Suite("Freed bytes")
struct FreedBytesTests {
  private func outcome(_ job: TrainingJob, _ data: Dataset, poisons: Bool) throws -> TrainingOutcome
  {
    let run = try TrainingRun(job, data: data, kernels: Kernels(threads: 2))
    run.training.poisonsFreedBytes = poisons
    run.executors.partial?.poisonsFreedBytes = poisons
    run.evaluation?.poisonsFreedBytes = poisons
    return try run.run()
  }

  @Test(
    "Nothing reads bytes after the plan has freed them: overwriting them with no numbers changes no bit",
    arguments: 0..<60)
  func poisoned(seed: Int) throws {
    let random = try RandomJob(seed: seed &+ 900)
    for policy in random.policies + [.minimum, .selective] {
      let job = random.job.with { $0.policy = policy }
      let plain = try outcome(job, random.data, poisons: false)
      let poisoned = try outcome(job, random.data, poisons: true)
      #expect(poisoned.digest == plain.digest, "\(policy)")
      #expect(poisoned.metrics == plain.metrics, "\(policy)")
    }
  }

  @Test("A plan that frees a value one operation too early is found")
  func tooEarly() throws {
    let model = ModelSpec.smallGPT(blocks: 2)
    let data = try Dataset.random(for: model, examples: 8)
    let run = try TrainingRun(.small(model), data: data, kernels: Kernels(threads: 2))
    var program = run.training.program
    // A value that the backward pass reads is freed right after the forward pass.
    let reader = try #require(
      program.instructions.first { instruction in
        instruction.phase == .backward && instruction.kind.rule.name == "layer_norm"
      })
    let loss = try #require(program.instructions.firstIndex { $0.phase == .backward })
    program.releases[loss].append(reader.inputs[1])
    let executor = Executor(program, arena: run.training.arena, kernels: run.kernels)
    executor.poisonsFreedBytes = true
    try run.initializeParameters()
    let loader = run.loader(of: data.train, for: executor)
    let batch = try loader.batch([0, 1])
    let context = StepContext(seed: 7, step: 1, passes: 1, learningRate: 1e-3)
    _ = executor.step(context) { _ in loader.write(batch, to: executor.arena) }
    let weights = program.parameters.flatMap { executor.arena.floats($0.slot) }
    #expect(weights.contains { !$0.isFinite })
  }

  @Test("Every value of a step is freed once, where its last reader has run", arguments: 0..<40)
  func releases(seed: Int) throws {
    let random = try RandomJob(seed: seed &+ 900)
    let run = try TrainingRun(random.job, data: random.data, kernels: Kernels(threads: 2))
    let program = run.training.program
    #expect(program.releases.count == program.instructions.count)
    for (position, slots) in program.releases.enumerated() {
      for slot in slots {
        #expect(slot.region == .step)
        let next = program.instructions[(position + 1)...].first { instruction in
          (instruction.inputs + instruction.outputs).contains { $0 == slot }
        }
        #expect(next.map { !$0.inputs.contains(slot) } ?? true)
      }
    }
  }
}
