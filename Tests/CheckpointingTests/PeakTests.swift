import KernelTable
import ModelGraph
import Testing

@testable import Checkpointing

/// Peaks of published models in MB (10⁶ bytes), from plans alone, beside what PyTorch 2.13 has on a CPU.
///
/// Counted as there: gradients, activations, inputs and scratch space, without parameters and the
/// optimizer's tensors; f32, AdamW, two threads.
@Suite("Peaks of published models")
struct PeakTests {
  private static let gpt2 = GPT2Sizes(
    numLayers: 12, hiddenSize: 768, numHeads: 12, vocabularySize: 50_257, contextLength: 256,
    dropout: 0.1)

  private func peak(
    _ model: ModelSpec, batch: Int, _ policy: CheckpointPolicy, updatesInBackward: Bool = false
  ) throws -> Double {
    var options = options(policy)
    options.optimizer.updatesInBackward = updatesInBackward
    let program = Program(training: try differentiated(model, batch: batch), options: options)
    let bytes = program.memory.timeline.map { $0.total - $0.parameters - $0.optimizer }
    return Double(bytes.max() ?? 0) / 1e6
  }

  @Test("GPT-2 124M, batch 4 × 256, keeps all within 800 MB: PyTorch takes 2110")
  func storeAll() throws {
    #expect(try peak(.gpt2(Self.gpt2), batch: 4, .none) <= 800)
  }

  @Test("Its smallest plan takes 540 MB at most: PyTorch with every block checkpointed 769")
  func smallest() throws {
    #expect(try peak(.gpt2(Self.gpt2), batch: 4, .minimum) <= 540)
  }

  @Test("With updates within the backward pass it takes 270 MB at most: PyTorch 442")
  func updatesInBackward() throws {
    let peak = try peak(.gpt2(Self.gpt2), batch: 4, .minimum, updatesInBackward: true)
    #expect(peak <= 270)
  }

  @Test("GPT-2 124M, batch 1 × 1024, keeps all within 800 MB: PyTorch takes 3478")
  func longContext() throws {
    var sizes = Self.gpt2
    (sizes.contextLength, sizes.maxPositions) = (1024, 1024)
    #expect(try peak(.gpt2(sizes), batch: 1, .none) <= 800)
  }

  @Test(
    "BERT-base, batch 4 × 512, with every block checkpointed takes 540 MB at most: PyTorch 597",
    arguments: [BERTSizes.Head.none, .classification(classes: 2), .maskedLM])
  func encoder(head: BERTSizes.Head) throws {
    #expect(try peak(.bert(BERTSizes(head: head)), batch: 4, .every(1)) <= 540)
  }

  @Test(
    "ResNet-18, batch 16 × 224², with every block checkpointed takes 240 MB at most: PyTorch 264")
  func residual() throws {
    let sizes = ResNetSizes(
      depth: .eighteen, stem: .imageNet, height: 224, width: 224, classes: 1000)
    #expect(try peak(.resnet(sizes), batch: 16, .every(1)) <= 240)
  }
}
