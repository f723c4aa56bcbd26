import Kernels
import Testing

@testable import Checkpointing
@testable import ModelGraph
@testable import Training

@Suite("A ResNet-18 of few channels against PyTorch")
struct PyTorchResNetTests {
  private let fixture: Fixture.Case
  private let model: ModelSpec
  private let batch: Int

  init() throws {
    fixture = try Fixture("resnet").named("ten steps of adamw")
    let size = Int(try fixture.number("size"))
    model = .resnet(
      ResNetSizes(
        depth: .eighteen, stem: .cifar, height: size, width: size,
        classes: Int(try fixture.number("num_classes")),
        baseWidth: Int(try fixture.number("base_width"))))
    batch = Int(try fixture.number("batch"))
  }

  /// Weights that both sides make from a hash.
  private static func hashed(parameter: Int, count: Int, scale: Double) -> [Float] {
    (0..<count).map { index in
      let start = UInt64(index + 1_000_003 * (parameter + 1))
      var hash = start &* 2_654_435_761 % (1 << 32)
      hash = (hash ^ (hash >> 15)) &* 2_246_822_519 % (1 << 32)
      return Float((Double(hash) / 2_147_483_648 - 1) * scale)
    }
  }

  private static func weights(_ index: Int, _ descriptor: TensorDescriptor) -> [Float] {
    let shape = descriptor.shape
    let parts = descriptor.name.split(separator: ".")
    let isNorm = parts[parts.count - 2].hasPrefix("bn")
    let scale: Double =
      switch (shape.count, isNorm) {
      case (4, _): (6 / Double(shape[1] * shape[2] * shape[0])).squareRoot()
      case (_, true): 0.25
      default: 0.1
      }
    let values = hashed(parameter: index, count: descriptor.count, scale: scale)
    return isNorm && parts.last == "weight" ? values.map { $0 + 1 } : values
  }

  private func executor(_ policy: CheckpointPolicy) throws -> Executor {
    let training = TrainingGraph(differentiating: try Graph(lowering: model, batch: batch))
    let options = TrainingOptions(
      policy: policy, optimizer: try fixture.optimizer, accumulate: 2, threads: 2)
    let program = Program(training: training, options: options)
    let executor = Executor(
      program, arena: try Arena(byteCounts: program.regionBytes), kernels: try Kernels(threads: 2))
    #expect(program.parameters.count == Int(try fixture.number("parameters")))
    for (index, parameter) in program.parameters.enumerated() {
      executor.arena.write(Self.weights(index, parameter.descriptor), to: parameter.slot)
    }
    for statistic in program.statistics {
      let begin: Float = statistic.descriptor.name.hasSuffix("var") ? 1 : 0
      let count = statistic.descriptor.count
      executor.arena.write([Float](repeating: begin, count: count), to: statistic.slot)
    }
    return executor
  }

  private func loss(_ executor: Executor, step: Int) throws -> Float {
    let (images, classes) = (try fixture.floats("images"), try fixture.indices("classes"))
    let context = StepContext(
      seed: 0, step: step, passes: 1, learningRate: try fixture.optimizer.learningRate)
    return executor.step(context) { _ in
      let (program, arena) = (executor.program, executor.arena)
      arena.write(images, to: program.input)
      _ = arena.bytes(program.target).bindMemory(to: Int32.self).update(fromContentsOf: classes)
      return batch
    }
  }

  @Test(
    "The gradients of the first step are PyTorch's",
    arguments: [CheckpointPolicy.none, .every(1)])
  func gradients(policy: CheckpointPolicy) throws {
    let executor = try executor(policy)
    _ = try loss(executor, step: 1)
    let norms = try fixture.floats("gradient_norms")
    for (index, parameter) in executor.program.parameters.enumerated() {
      let name = parameter.descriptor.name
      let gradient = executor.arena.floats(executor.program.gradients[index])
      #expect(abs(norm(gradient) / Double(norms[index]) - 1) < 1e-5, "\(name)")
      guard fixture.tensors["d_\(name)"] != nil else { continue }
      expectPyTorch(gradient, try fixture.floats("d_\(name)"), name)
    }
  }

  @Test(
    "Ten steps of AdamW have PyTorch's losses and running statistics, and so has an evaluation",
    arguments: [CheckpointPolicy.none, .every(1)])
  func losses(policy: CheckpointPolicy) throws {
    let executor = try executor(policy)
    let losses = try (1...10).map { try loss(executor, step: $0) }
    for (left, right) in zip(losses, try fixture.floats("losses")) {
      #expect(abs(left - right) <= 1e-4 * abs(right), "\(losses)")
    }
    for layer in ["bn1", "layer4_1.bn2"] {
      for (ours, theirs) in [("running_mean", "mean"), ("running_var", "variance")] {
        let statistic = try #require(
          executor.program.statistics.first { $0.descriptor.name == "\(layer).\(ours)" })
        expectPyTorch(
          executor.arena.floats(statistic.slot), try fixture.floats("\(theirs)_\(layer)"),
          "\(layer).\(ours)", tolerance: 1e-4)
      }
    }
    let program = Program(
      evaluating: try Graph(lowering: model, batch: batch, training: false), threads: 2)
    let sizes = program.regionBytes.merging(executor.program.regionBytes) { max($0, $1) }
    let evaluation = Executor(
      program, arena: try Arena(byteCounts: sizes), kernels: executor.kernels)
    evaluation.arena.bytes(of: .parameters).copyMemory(
      from: UnsafeRawBufferPointer(executor.arena.bytes(of: .parameters)))
    let expected = try fixture.floats("evaluated")[0]
    #expect(abs(try loss(evaluation, step: 1) - expected) <= 1e-4 * expected)
  }
}
