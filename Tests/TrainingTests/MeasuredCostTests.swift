import EngineTestSupport
import Kernels
import ModelGraph
import Records
import TestSupport
import Testing

@testable import Checkpointing
@testable import Training

@Suite("Measured costs")
struct MeasuredCostTests {
  @Test(
    "Every forward operation can be timed by itself",
    arguments: [
      ModelSpec.smallGPT(dropout: 0.1),
      .bert(
        BERTSizes(
          numLayers: 1, hiddenSize: 16, numHeads: 2, vocabularySize: 31, contextLength: 8)),
      .llama(
        LlamaSizes(
          numLayers: 1, hiddenSize: 16, numHeads: 2, numKeyHeads: 1, vocabularySize: 31,
          contextLength: 8)),
      .image(
        8, 8, 3,
        [
          .convolution(4), .batchNorm, .relu, .groupNorm(2),
          .residual([.convolution(4), .batchNorm]), LayerSpec(.globalAveragePool), .linear(3),
        ]),
    ], [Precision.f32, .bf16])
  func timed(model: ModelSpec, precision: Precision) throws {
    let timer = OperationTimer(kernels: try Kernels(threads: 2))
    let graph = try Graph(lowering: model, batch: 2, precision: precision)
    for form in graph.forms {
      let seconds = try timer.seconds(of: form)
      #expect(seconds > 0 && seconds.isFinite, "\(form.text)")
    }
  }

  @Test("Costs change no bit of a run, and its planned peak is the measured one", arguments: 0..<10)
  func laws(seed: Int) throws {
    let random = try RandomJob(seed: seed)
    var generator = RepeatableGenerator(seed: seed)
    let plain = try random.job.outcome(random.data)
    var cost = CostModel.standard
    let graph = try Graph(
      lowering: random.job.model, batch: random.job.batch, precision: random.job.precision)
    for form in graph.forms {
      cost.operations[form.text] = [1e-6, 1e-3, 1].randomElement(using: &generator)
    }
    let smallest = try random.job.with { ($0.policy, $0.cost) = (.minimum, cost) }
      .outcome(random.data)
    let middle =
      max(smallest.memory.reserved, plain.memory.reserved) / 2
      + smallest.memory.reserved / 2 + 64
    let budget = try random.job.with {
      ($0.policy, $0.cost) = (.budget(.bytes(middle)), cost)
    }.outcome(random.data)
    for outcome in [smallest, budget] {
      #expect(outcome.digest == plain.digest)
      #expect(outcome.memory.measuredPeak == outcome.memory.plannedPeak)
    }
  }
}
