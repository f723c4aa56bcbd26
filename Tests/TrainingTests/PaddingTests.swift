import Checkpointing
import EngineTestSupport
import KernelTable
import ModelGraph
import Testing

@testable import Training

@Suite("Padding")
struct PaddingTests {
  private static let sizes = BERTSizes(
    numLayers: 2, hiddenSize: 16, numHeads: 2, vocabularySize: 31, maxPositions: 50, dropout: 0.2)

  @Test(
    "Products that leave padding out give the loss and the gradients of products of all rows",
    arguments: [CheckpointPolicy.none, .every(1), .minimum])
  func sameBits(policy: CheckpointPolicy) throws {
    let probe = try StepProbe(.bert(Self.sizes), policy: policy, batch: 3)
    let whole = try StepProbe(.bert(Self.sizes), policy: policy, batch: 3) {
      $0.computeWholeLinearLayers()
    }
    #expect(try probe.loss() == whole.loss())
    // Else there is nothing to leave out.
    let model = ModelSpec.bert(Self.sizes)
    let loader = BatchLoader(
      examples: try Dataset.random(for: model, examples: 3).train, program: probe.program,
      batch: 3, loss: model.loss)
    let mask = try loader.batch(Array(0..<3)[...]).mask
    let runs = RowRuns(rows: mask.count) { mask[$0] != 0 }
    #expect(runs != nil, "\(mask)")
    // Zeros compare equal, whatever their signs.
    #expect(try probe.gradient() == whole.gradient())
  }

  @Test("Padding is left out where the first token stands for the example, up to that layer")
  func firstToken() throws {
    let graph = try Graph(lowering: .bert(Self.sizes), batch: 3)
    let layers = graph.operations.compactMap { operation -> (String, Bool)? in
      guard case .linear(let rule) = operation.kind else { return nil }
      return (operation.layer, rule.hasPadding)
    }
    let isLeftOut = layers.map(\.1)
    #expect(isLeftOut.prefix(8).allSatisfy { $0 }, "\(layers)")
    #expect(isLeftOut.dropFirst(8).contains(true) == false && layers.count > 8, "\(layers)")
  }

  @Test(
    "A mean of the tokens is of an example's own tokens, whatever the padding around them",
    arguments: [CheckpointPolicy.none, .every(1), .minimum])
  func mean(policy: CheckpointPolicy) throws {
    let short = Self.pooled(contextLength: 4)
    let long = Self.pooled(contextLength: 9)
    let examples = try Dataset.random(for: short, examples: 3).train
    let probes = try [short, long].map { try StepProbe($0, policy: policy, batch: 3, examples) }
    #expect(try probes[0].loss() == probes[1].loss())
    #expect(try probes[0].gradient() == probes[1].gradient())
  }

  @Test("Rows of padding before a mean of the tokens are not computed")
  func meanLeavesOut() throws {
    let graph = try Graph(lowering: Self.pooled(contextLength: 9), batch: 3)
    let first = try #require(
      graph.operations.first { if case .linear = $0.kind { true } else { false } })
    guard case .linear(let rule) = first.kind else { return }
    #expect(rule.hasPadding)
  }

  private static func pooled(contextLength: Int) -> ModelSpec {
    ModelSpec(
      input: .tokens(
        TokenInput(vocabularySize: 9, contextLength: contextLength, isPadded: true)),
      layers: [
        LayerSpec(.embedding(vocabularySize: 9, width: 8, initialization: .fanIn)), .linear(8),
        LayerSpec(.relu), LayerSpec(.globalAveragePool), .linear(3),
      ], loss: .crossEntropy)
  }

  @Test("A loss of every position, and a layer that mixes positions, see padding")
  func seen() throws {
    var sizes = Self.sizes
    sizes.head = .maskedLM
    #expect(try Graph(lowering: .bert(sizes), batch: 3).leavesNothingOut)
    let mixed = ModelSpec(
      input: .tokens(TokenInput(vocabularySize: 9, contextLength: 40, isPadded: true)),
      layers: [
        LayerSpec(.embedding(vocabularySize: 9, width: 8, initialization: .fanIn)), .linear(8),
        LayerSpec(.flatten), .linear(3),
      ], loss: .crossEntropy)
    #expect(try Graph(lowering: mixed, batch: 3).leavesNothingOut)
  }
}

extension Graph {
  fileprivate var leavesNothingOut: Bool {
    operations.allSatisfy { operation in
      if case .linear(let rule) = operation.kind { !rule.hasPadding } else { true }
    }
  }

  fileprivate mutating func computeWholeLinearLayers() {
    for index in operations.indices {
      guard case .linear(var rule) = operations[index].kind, rule.hasPadding else { continue }
      rule.hasPadding = false
      operations[index].kind = .linear(rule)
      operations[index].inputs.removeLast()
    }
  }
}
