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
  fileprivate static let gpt2 = GPT2Sizes(
    numLayers: 12, hiddenSize: 768, numHeads: 12, vocabularySize: 50_257, contextLength: 256,
    dropout: 0.1)

  private func peak(
    _ model: ModelSpec, batch: Int, _ policy: CheckpointPolicy, updatesInBackward: Bool = false,
    precision: Precision = .f32
  ) throws -> Double {
    var options = options(policy)
    options.optimizer.updatesInBackward = updatesInBackward
    options.precision = precision
    let training = try TrainingGraph(lowering: model, batch: batch, options: options)
    let program = Program(training: training, options: options)
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

  // MARK: - Every row of the list

  /// A row of the table of peaks that were measured of PyTorch 2.13 (case 30 of its list of cases).
  ///
  /// Its sizes are in MiB, as those of its parameters show: 475 of GPT-2's 124.4 million.
  struct Row: Sendable, CustomTestStringConvertible {
    var model: Model
    var dropout: Float = 0
    var policy = CheckpointPolicy.none
    var updatesInBackward = false
    var precision = Precision.f32
    /// PyTorch's peak in MiB.
    var peak: Double

    enum Model: String {
      case gpt2 = "GPT-2 124M, batch 4 × 256"
      case longGPT2 = "GPT-2 124M, batch 1 × 1024"
      case bert = "BERT-base, batch 8 × 128"
      case longBERT = "BERT-base, batch 4 × 512"
      case resnet = "ResNet-18, batch 16 × 224²"
    }

    var testDescription: String {
      "\(model.rawValue), dropout \(dropout), \(policy), \(precision)"
        + (updatesInBackward ? ", updates in the backward pass" : "")
    }

    static let all =
      [
        Row(model: .gpt2, dropout: 0.1, peak: 2110),
        Row(model: .gpt2, dropout: 0.1, policy: .every(1), peak: 769),
        Row(model: .gpt2, dropout: 0.1, policy: .every(3), peak: 805),
        Row(model: .gpt2, dropout: 0.1, policy: .every(4), peak: 904),
        Row(model: .gpt2, dropout: 0.1, policy: .selective, peak: 1138),
        Row(model: .gpt2, peak: 1604), Row(model: .gpt2, policy: .every(1), peak: 769),
        Row(model: .gpt2, policy: .selective, peak: 992),
        Row(model: .gpt2, updatesInBackward: true, peak: 1214),
        Row(model: .gpt2, policy: .every(1), updatesInBackward: true, peak: 442),
        Row(model: .gpt2, dropout: 0.1, precision: .bf16, peak: 1894),
        Row(model: .gpt2, dropout: 0.1, policy: .every(1), precision: .bf16, peak: 769),
        Row(model: .longGPT2, dropout: 0.1, peak: 3478),
        Row(model: .longGPT2, dropout: 0.1, policy: .every(1), peak: 769),
        Row(model: .longGPT2, peak: 1604),
        Row(model: .bert, dropout: 0.1, peak: 893),
        Row(model: .bert, dropout: 0.1, policy: .every(1), peak: 421),
        Row(model: .longBERT, dropout: 0.1, peak: 3072),
        Row(model: .longBERT, dropout: 0.1, policy: .every(1), peak: 597),
        Row(model: .resnet, peak: 359), Row(model: .resnet, policy: .every(1), peak: 264),
      ]

    var spec: (model: ModelSpec, batch: Int) {
      var gpt2 = PeakTests.gpt2
      gpt2.dropout = dropout
      switch model {
      case .gpt2: return (.gpt2(gpt2), 4)
      case .longGPT2:
        (gpt2.contextLength, gpt2.maxPositions) = (1024, 1024)
        return (.gpt2(gpt2), 1)
      case .bert:
        return (
          .bert(BERTSizes(contextLength: 128, attentionDropout: dropout, dropout: dropout)), 8
        )
      case .longBERT: return (.bert(BERTSizes(attentionDropout: dropout, dropout: dropout)), 4)
      case .resnet:
        let sizes = ResNetSizes(
          depth: .eighteen, stem: .imageNet, height: 224, width: 224, classes: 1000)
        return (.resnet(sizes), 16)
      }
    }
  }

  @Test("30. No peak is above PyTorch's", arguments: Row.all)
  func parity(row: Row) throws {
    let (model, batch) = row.spec
    let peak = try peak(
      model, batch: batch, row.policy, updatesInBackward: row.updatesInBackward,
      precision: row.precision)
    #expect(peak * 1e6 <= row.peak * 1_048_576)
  }
}
