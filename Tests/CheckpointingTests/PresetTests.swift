import ModelGraph
import Testing

@testable import Checkpointing

/// The planner against written policies, on every preset in its published size.
@Suite("Presets")
struct PresetTests {
  /// A preset, and examples in a batch.
  struct Preset: Sendable, CustomTestStringConvertible {
    var name: String
    var model: ModelSpec
    var batch: Int

    var testDescription: String { name }
  }

  private static let presets = [
    Preset(
      name: "GPT-2 124M",
      model: .gpt2(
        GPT2Sizes(
          numLayers: 12, hiddenSize: 768, numHeads: 12, vocabularySize: 50_257,
          contextLength: 256, dropout: 0.1)), batch: 4),
    Preset(name: "BERT-base", model: .bert(BERTSizes()), batch: 4),
    Preset(
      name: "Llama of 12 blocks",
      model: .llama(
        LlamaSizes(
          numLayers: 12, hiddenSize: 512, numHeads: 8, numKeyHeads: 4, intermediateSize: 1376,
          contextLength: 256)), batch: 2),
    Preset(name: "ViT-B/16", model: .vit(ViTSizes()), batch: 4),
    Preset(name: "ResNet-18", model: .resnet(ResNetSizes(depth: .eighteen)), batch: 8),
    Preset(name: "ResNet-50", model: .resnet(ResNetSizes(depth: .fifty)), batch: 4),
    Preset(
      name: "MLP of 16 layers",
      model: .mlp(MLPSizes(features: 64, hidden: Array(repeating: 256, count: 16), out: 10)),
      batch: 512),
  ]

  @Test(
    "No written policy is faster than the plan for its bytes, live or reserved", arguments: presets)
  func neverWorse(preset: Preset) throws {
    let training = try differentiated(preset.model, batch: preset.batch)
    let frontier = Frontier(training, options: options(.none))
    let blocks = training.graph.blocks.count
    for policy in [.selective, .sqrt] + (1...max(1, blocks)).map(CheckpointPolicy.every) {
      let written = Program(training: training, options: options(policy))
      let seconds = written.repeatedSeconds * (1 + 1e-9)
      let plan = try #require(frontier.fastest(within: written.reservedBytes), "\(policy)")
      #expect(plan.repeatedSeconds <= seconds, "\(policy)")
      let live = written.memory.peak.total + Placement.aligned(1) * written.parameters.count * 8
      let way = try #require(frontier.ways.first { $0.peak <= live }, "\(policy)")
      #expect(way.seconds <= seconds, "\(policy)")
    }
  }
}
