import EngineTestSupport
import Kernels
import ModelGraph
import Testing

@testable import Checkpointing
@testable import Training

@Suite("A small GPT-2 against PyTorch")
struct PyTorchModelTests {
  private let fixture: Fixture
  private let parameters: Fixture.Case
  private let steps: Fixture.Case
  private let batch: Int

  init() throws {
    fixture = try Fixture("gpt2")
    parameters = try fixture.named("parameters")
    steps = try fixture.named("ten steps of adamw")
    batch = Int(try parameters.number("batch"))
  }

  private func executor(_ policy: CheckpointPolicy) throws -> Executor {
    let model = ModelSpec.smallGPT(
      blocks: Int(try parameters.number("num_layers")),
      width: Int(try parameters.number("hidden_size")),
      heads: Int(try parameters.number("num_heads")),
      vocabulary: Int(try parameters.number("vocab_size")),
      context: Int(try parameters.number("context_length")))
    let training = TrainingGraph(differentiating: try Graph(lowering: model, batch: batch))
    // Gradients of accumulated batches keep their bytes to the end of the step.
    let options = TrainingOptions(
      policy: policy, optimizer: try steps.optimizer, accumulate: 2, threads: 2)
    let program = Program(training: training, options: options)
    let arena = try Arena(byteCounts: program.regionBytes)
    for parameter in program.parameters {
      arena.write(try parameters.floats(parameter.descriptor.name), to: parameter.slot)
    }
    return Executor(program, arena: arena, kernels: try Kernels(threads: 2))
  }

  private func loss(_ executor: Executor, step: Int) throws -> Float {
    let tokens = try steps.indices("tokens")
    let targets = try steps.indices("targets")
    let context = StepContext(
      seed: 0, step: step, passes: 1, learningRate: try steps.optimizer.learningRate)
    return executor.step(context) { _ in
      let (program, arena) = (executor.program, executor.arena)
      _ = arena.bytes(program.input).bindMemory(to: Int32.self).update(fromContentsOf: tokens)
      _ = arena.bytes(program.target).bindMemory(to: Int32.self).update(fromContentsOf: targets)
      return targets.count
    }
  }

  @Test(
    "Every gradient of the first step is PyTorch's, to 1e-5 of its scale",
    arguments: [
      CheckpointPolicy.none, .every(1),
    ])
  func gradients(policy: CheckpointPolicy) throws {
    let executor = try executor(policy)
    _ = try loss(executor, step: 1)
    let expected = try fixture.named("gradients of the first step")
    #expect(executor.program.parameters.count == expected.tensors.count)
    for (parameter, gradient) in zip(executor.program.parameters, executor.program.gradients) {
      let name = parameter.descriptor.name
      expectPyTorch(executor.arena.floats(gradient), try expected.floats("d_\(name)"), name)
    }
  }

  @Test(
    "The losses of ten steps of AdamW are PyTorch's, to 1e-5",
    arguments: [
      CheckpointPolicy.none, .every(1),
    ])
  func losses(policy: CheckpointPolicy) throws {
    let executor = try executor(policy)
    let losses = try (1...10).map { try loss(executor, step: $0) }
    let expected = try steps.floats("losses")
    for (left, right) in zip(losses, expected) {
      #expect(abs(left - right) <= 1e-5 * abs(right), "\(losses) \(expected)")
    }
    #expect(losses[9] < losses[0])
  }
}
