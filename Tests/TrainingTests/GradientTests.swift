import EngineTestSupport
import KernelTable
import Kernels
import ModelGraph
import TestSupport
import Testing

@testable import Checkpointing
@testable import Training

@Suite("Gradients")
struct GradientTests {
  private static let models: [ModelSpec] = [
    .smallGPT(blocks: 2),
    .smallGPT(blocks: 1, dropout: 0.1),
    .features(6, [.linear(16), .gelu, .norm, .linear(4)]),
    .features(
      6, loss: .meanSquaredError,
      [
        .linear(16), .residual([.norm, .linear(8), LayerSpec(.gelu(.exact)), .linear(16)]),
        .linear(1),
      ]
    ),
    .tokens(
      9, context: 5, width: 16,
      [
        .repeat(2, [.residual([.norm, .attention(heads: 2)]), .residual([.norm, .gelu])]), .norm,
        .linear(9, tiedTo: "tokens"),
      ]),
    .tokens(
      9, context: 5, width: 16,
      [
        .residual([
          LayerSpec(.rmsNorm(epsilon: 1e-6)),
          LayerSpec(
            .attention(
              AttentionSpec(heads: 4, keyHeads: 2, headSize: 6, bias: false, rotaryBase: 100))),
        ]),
        .residual([
          LayerSpec(.rmsNorm(epsilon: 1e-6)),
          LayerSpec(.product([[.linear(24), LayerSpec(.silu)], [.linear(24)]])), .linear(16),
        ]),
        LayerSpec(.tanh), .linear(16), LayerSpec(.sigmoid), .linear(12), LayerSpec(.softmax),
        .linear(9),
      ]),
    .tokens(
      9, context: 5, width: 16,
      [.norm, .attention(heads: 2), LayerSpec(.firstToken), LayerSpec(.tanh), .linear(9)]),
    .image(
      6, 5, 2,
      [
        .convolution(6), .batchNorm, .gelu,
        LayerSpec(
          .residual(
            [.convolution(8, stride: 2), .batchNorm],
            shortcut: [.convolution(8, kernel: 1, stride: 2), .groupNorm(2)])),
        LayerSpec(.globalAveragePool), .linear(4),
      ]),
    .image(
      4, 6, 3, loss: .meanSquaredError,
      [
        .convolution(4, name: "a"), LayerSpec(.averagePool(PoolingSpec(kernel: PlaneSize(2)))),
        .convolution(6), .gelu, LayerSpec(.upsample(PlaneSize(2))),
        LayerSpec(.concatenation(from: "a")), .convolution(4, kernel: 1),
        LayerSpec(.addition(from: "a")), LayerSpec(.flatten), .linear(3),
      ]),
    .vit(
      ViTSizes(
        height: 8, width: 4, channels: 2, patch: 2, numLayers: 1, hiddenSize: 8, numHeads: 2,
        classes: 4)),
    .tokens(
      9, context: 5, width: 16, loss: .meanSquaredError, [.norm, .linear(16), .gelu, .linear(9)]),
  ]

  @Test("The loss changes along a random direction as the gradient says", arguments: models.indices)
  func finiteDifferences(index: Int) throws {
    let probe = try StepProbe(Self.models[index], policy: .every(1), batch: 3)
    let gradient = try probe.gradient()
    let size = norm(gradient)
    #expect(size > 0.01)
    for seed in 0..<3 {
      let direction = direction(along: gradient, size: size, seed: seed)
      let slope = try probe.slope(along: direction)
      let expected = zip(gradient, direction).reduce(0.0) { $0 + Double($1.0) * $1.1 }
      #expect(
        abs(slope - expected) < 2e-3 * size, "slope \(slope), gradient \(expected), seed \(seed)")
    }
  }

  /// A unit vector, half along the gradient, so that the slope stands out from f32's rounding.
  private func direction(along gradient: [Float], size: Double, seed: Int) -> [Double] {
    var random = RepeatableGenerator(seed: seed)
    let noise = gradient.map { _ in Double.random(in: -1...1, using: &random) }
    let length = noise.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let mixed = zip(gradient, noise).map { 0.7 * Double($0) / size + 0.7 * $1 / length }
    let whole = mixed.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return mixed.map { $0 / whole }
  }
}

/// One step of a model at given weights, without a run around it.
struct StepProbe {
  let program: Program
  let executor: Executor
  private let data: Dataset
  private let model: ModelSpec
  private let batch: Int
  private let weights: [Float]

  init(
    _ model: ModelSpec, policy: CheckpointPolicy, batch: Int, _ examples: Examples? = nil,
    change: (inout Graph) -> Void = { _ in }
  ) throws {
    self.model = model
    self.batch = batch
    data =
      try examples.map { Dataset(train: $0, validation: $0) }
      ?? .random(for: model, examples: batch)
    // Gradients of accumulated batches keep their bytes to the end of the step.
    let options = TrainingOptions(
      policy: policy, optimizer: .sgd(0), accumulate: 2, threads: 2)
    var graph = try Graph(lowering: model, batch: batch)
    change(&graph)
    let training = TrainingGraph(differentiating: graph)
    program = Program(training: training, options: options)
    let arena = try Arena(byteCounts: program.regionBytes)
    executor = Executor(program, arena: arena, kernels: try Kernels(threads: 2))
    for (index, parameter) in program.parameters.enumerated() {
      let values = arena.bytes(parameter.slot).bindMemory(to: Float.self)
      guard let base = values.baseAddress else { continue }
      executor.kernels.draw(
        program.initializations[index], into: base, count: values.count, seed: 3, parameter: index)
    }
    weights = program.parameters.flatMap { [arena] in arena.floats($0.slot) }
  }

  /// The loss at the present weights; the same dropout masks each time.
  func loss() throws -> Double {
    let context = StepContext(seed: 5, step: 1, passes: 1, learningRate: 0)
    let loader = BatchLoader(
      examples: data.train, program: program, batch: batch, loss: model.loss)
    let examples = try loader.batch(Array(0..<batch)[...])
    let value = executor.step(context) { _ in loader.write(examples, to: executor.arena) }
    return Double(value)
  }

  /// The gradient, parameter after parameter.
  func gradient() throws -> [Float] {
    _ = try loss()
    return program.gradients.flatMap { executor.arena.floats($0) }
  }

  /// The loss's slope by central differences, extrapolated from two distances (Richardson).
  func slope(along direction: [Double]) throws -> Double {
    func quotient(_ distance: Double) throws -> Double {
      func loss(at distance: Double) throws -> Double {
        move(distance, direction)
        return try self.loss()
      }
      return (try loss(at: distance) - loss(at: -distance)) / (2 * distance)
    }
    let slope = (4 * (try quotient(0.02)) - (try quotient(0.04))) / 3
    move(0, direction)
    return slope
  }

  private func move(_ distance: Double, _ direction: [Double]) {
    var first = 0
    for parameter in program.parameters {
      let range = first..<first + parameter.descriptor.count
      let values = range.map { Float(Double(weights[$0]) + distance * direction[$0]) }
      executor.arena.write(values, to: parameter.slot)
      first = range.upperBound
    }
  }
}
