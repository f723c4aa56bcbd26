import Checkpointing
import EngineTestSupport
import KernelTable
import ModelGraph
import Testing

/// A case in which PyTorch's checkpointing differs from a plain step, or could: the numbers are those
/// of its list in the research.
struct ParityCase: Sendable, CustomTestStringConvertible {
  var number: Int
  var name: String
  var model: ModelSpec
  var policies: [CheckpointPolicy] = [.every(1), .every(2), .selective, .minimum]
  var precision = Precision.f32
  var accumulate = 1
  var batch = 3

  var testDescription: String { "\(number). \(name)" }

  /// Layer norm, GELU and dropout in residual blocks.
  static func blocks(_ count: Int) -> [LayerSpec] {
    [
      .repeat(
        count, [.residual([.norm, .linear(12), .gelu, .dropout(0.3), .linear(8)])], name: "block")
    ]
  }

  /// The cases in which a checkpointed step has to give the bits of a plain one.
  static let bitEqual: [ParityCase] = [
    ParityCase(
      number: 1, name: "Layer norm, GELU, dropout: output, gradients, gradient of the input",
      model: .tokens(9, context: 4, width: 8, blocks(3) + [.linear(9)])),
    ParityCase(
      number: 2, name: "Random numbers after the step: the masks of the next one",
      model: .features(8, [.linear(8)] + blocks(3) + [.linear(4)])),
    ParityCase(
      number: 5, name: "Batch norm, also as the last operation",
      model: .features(
        8, loss: .meanSquaredError,
        [.repeat(3, [.linear(8), .batchNorm, .relu], name: "block"), .linear(8), .batchNorm])),
    ParityCase(
      number: 7, name: "Nested halves of four blocks",
      model: .features(8, [.linear(8), halves(of: 4), .linear(4)]), policies: [.none, .every(1)]),
    ParityCase(
      number: 8, name: "1, 2, 3 and 4 segments of four blocks",
      model: .features(8, [.linear(8)] + blocks(4) + [.linear(4)]),
      policies: [.every(4), .every(3), .every(2), .every(1)]),
    ParityCase(
      number: 10, name: "Arguments that are None: no mask, no bias, no types of tokens",
      model: .tokens(
        9, context: 4, width: 8,
        [
          .repeat(
            2, [.residual([LayerSpec(.attention(AttentionSpec(heads: 2, bias: false)))])],
            name: "block"), .linear(9, bias: false),
        ])),
    ParityCase(
      number: 11, name: "Several inputs: tokens, their mask and their types",
      model: .bert(
        BERTSizes(
          numLayers: 2, hiddenSize: 8, numHeads: 2, vocabularySize: 11, maxPositions: 6,
          dropout: 0.2))),
    ParityCase(
      number: 12, name: "Operations with further outputs: statistics, and the places of a maximum",
      model: .image(
        6, 6, 2,
        [
          .repeat(2, [.convolution(4), .batchNorm, .relu], name: "block"),
          LayerSpec(.maxPool(PoolingSpec(kernel: PlaneSize(2)))), LayerSpec(.flatten), .norm,
          .linear(4),
        ]), policies: [.every(1), .blocks(["*"]), .minimum]),
    ParityCase(
      number: 13, name: "A first input without gradient",
      model: .features(8, blocks(3) + [.linear(4)])),
    ParityCase(
      number: 19, name: "A ReLU that overwrites its input inside a segment",
      model: .features(8, [.linear(8), .repeat(3, [.linear(8), .relu]), .linear(4)])),
    ParityCase(
      number: 21, name: "Two backward passes before an update",
      model: .features(8, [.linear(8)] + blocks(2) + [.linear(4)]), accumulate: 2),
    ParityCase(
      number: 24, name: "Accumulation of two batches with dropout",
      model: .smallGPT(blocks: 2, dropout: 0.1), accumulate: 2),
    ParityCase(
      number: 25, name: "bf16 with a weight that one segment uses twice",
      model: .tokens(
        9, context: 4, width: 8,
        [.repeat(2, [.linear(8), .gelu]), .linear(9, tiedTo: "tokens")]),
      policies: [.blocks(["*"]), .every(100), .minimum], precision: .bf16),
    ParityCase(
      number: 26, name: "bf16, values held, and a weight that two segments share",
      model: .smallGPT(blocks: 3, dropout: 0.1),
      policies: [.selective, .keep(["*up*", "attention"]), .drop(["*norm*"]), .minimum],
      precision: .bf16),
    ParityCase(
      number: 28, name: "A tied embedding: the gradients of its head and of its look-up",
      model: .smallGPT(blocks: 2)),
  ]

  /// Segments in segments: halves of halves.
  private static func halves(of count: Int) -> LayerSpec {
    guard count > 1 else {
      return .checkpoint([.residual([.norm, .linear(8), .gelu, .dropout(0.3)])])
    }
    return .checkpoint([halves(of: count / 2), halves(of: count - count / 2)])
  }
}
