import EngineTestSupport
import ModelGraph
import Testing

@Suite("Lowering")
struct LoweringTests {
  @Test("A GPT-2 block lowers to eight operations, both residual additions inside linear layers")
  func gpt2Block() throws {
    let graph = try Graph(lowering: .smallGPT(blocks: 2), batch: 3)
    let block = graph.operations[graph.blocks[1].operations]
    #expect(
      block.map { "\($0.layer) \($0.kind.rule.name)" } == [
        "block.1.attn.norm layer_norm", "block.1.attn.attention.qkv linear",
        "block.1.attn.attention attention", "block.1.attn.attention.proj linear",
        "block.1.mlp.norm layer_norm", "block.1.mlp.up linear", "block.1.mlp.gelu gelu",
        "block.1.mlp.down linear",
      ])
    let hasResidual = block.compactMap { operation -> Bool? in
      if case .linear(let rule) = operation.kind { rule.hasResidual } else { nil }
    }
    #expect(hasResidual == [false, true, false, true])
  }

  @Test("Shapes are [batch × time, features], of statistics [rows, 2], of log-sum-exps per head")
  func shapes() throws {
    let graph = try Graph(
      lowering: .smallGPT(blocks: 1, width: 16, heads: 2, vocabulary: 31, context: 8), batch: 3)
    func shape(_ name: String) -> [Int]? { graph.tensors.first { $0.name == name }?.shape }
    #expect(shape("input") == [24])
    #expect(shape("target") == [24])
    #expect(shape("wte.table") == [31, 16])
    #expect(shape("wpe.table") == [8, 16])
    #expect(shape("block.0.attn.norm.statistics") == [24, 2])
    #expect(shape("block.0.attn.attention.qkv.weight") == [48, 16])
    #expect(shape("block.0.attn.attention.qkv.output") == [24, 48])
    #expect(shape("block.0.attn.attention.log_sum_exp") == [3, 2, 8])
    #expect(shape("block.0.mlp.up.output") == [24, 64])
    #expect(graph.prediction == graph.operations.last?.outputs.first)
    #expect((graph.batch, graph.time, graph.outputWidth) == (3, 8, 31))
  }

  @Test(
    "With cross-entropy a last linear layer exists only inside the loss; with MSE it is a layer")
  func fusedHead() throws {
    let layers: [LayerSpec] = [.linear(8), .relu, .linear(3, name: "out")]
    let fused = try Graph(lowering: .features(4, layers), batch: 2)
    #expect(fused.operations.map(\.kind.rule.name) == ["linear", "relu"])
    #expect(fused.head?.layer == "out")
    #expect(fused.head?.classes == 3)
    #expect(fused.parameters.map { fused[$0.tensor].name }.suffix(2) == ["out.weight", "out.bias"])
    let plain = try Graph(lowering: .features(4, loss: .meanSquaredError, layers), batch: 2)
    #expect(plain.head == nil)
    #expect(plain.operations.count == 3)
    #expect(plain[plain.target].shape == [2, 3])
  }

  @Test("A tied head has no weight of its own, and a bias only if it says so")
  func tiedHead() throws {
    let model = ModelSpec.tokens(
      9, context: 4, width: 8, [.norm, .linear(9, bias: false, tiedTo: "tokens", name: "head")])
    let graph = try Graph(lowering: model, batch: 1)
    #expect(graph.head?.weight == graph.parameters[0].tensor)
    #expect(graph.head?.bias == nil)
    #expect(graph.parameters.count == 3)
  }

  @Test("Groups nest: paths, ranges and blocks follow the layer lists")
  func nesting() throws {
    let model = ModelSpec.features(
      4, loss: .meanSquaredError,
      [
        .linear(8, name: "in"),
        .repeat(
          2,
          [
            .residual([.norm, .checkpoint([.linear(8), .gelu, .linear(8)], name: "part")]),
            .sequential([.repeat(2, [.relu], name: "inner")], name: "tail"),
          ], name: "block"),
        .linear(1),
      ])
    let graph = try Graph(lowering: model, batch: 2)
    #expect(graph.blocks.map(\.path) == ["block.0", "block.1"])
    #expect(graph.blocks.map(\.operations) == [1..<7, 7..<13])
    let segments = graph.layers.flatMap(\.flattened).filter(\.isSegment)
    #expect(segments.map(\.path) == ["block.0.part", "block.1.part"])
    #expect(segments.map(\.operations) == [2..<5, 8..<11])
    #expect(
      graph.operations.map(\.layer)[0..<7] == [
        "in", "block.0.layer_norm", "block.0.part.linear", "block.0.part.gelu",
        "block.0.part.linear_2", "block.0.tail.inner.0.relu", "block.0.tail.inner.1.relu",
      ])
  }

  @Test("A residual whose last layer is linear adds inside it, and any other adds after itself")
  func residuals() throws {
    func kinds(_ layers: [LayerSpec]) throws -> [String] {
      let model = ModelSpec.features(8, loss: .meanSquaredError, [.linear(8)] + layers)
      return try Graph(lowering: model, batch: 2).operations.map { operation in
        if case .linear(let rule) = operation.kind, rule.hasResidual { return "linear+" }
        return operation.kind.rule.name
      }
    }
    #expect(try kinds([.residual([.linear(8)])]) == ["linear", "linear+"])
    #expect(try kinds([.residual([.linear(8), .relu])]) == ["linear", "linear", "relu", "add"])
    #expect(try kinds([.residual([.residual([.linear(8)])])]) == ["linear", "linear+", "add"])
    // Dropout of 0 is no operation: the residual adds its input to itself, not to the layer before.
    #expect(try kinds([.residual([.dropout(0)])]) == ["linear", "add"])
  }

  @Test("Evaluation has no dropout, the same parameters in the same order, and the same result")
  func evaluation() throws {
    let model = ModelSpec.smallGPT(blocks: 2, dropout: 0.1)
    let training = try Graph(lowering: model, batch: 2)
    let evaluation = try Graph(lowering: model, batch: 2, training: false)
    #expect(training.operations.filter { $0.kind.isDropout }.count == 5)
    #expect(!evaluation.operations.contains { $0.kind.isDropout })
    let attention = evaluation.operations.compactMap { operation -> Float? in
      if case .attention(let rule) = operation.kind { rule.dropout } else { nil }
    }
    #expect(attention == [0, 0])
    #expect(
      training.parameters.map { training[$0.tensor] }
        == evaluation.parameters.map { evaluation[$0.tensor] })
  }

  @Test("A residual of dropout alone is the doubled input in evaluation", arguments: [true, false])
  func residualOfDropout(training: Bool) throws {
    let model = ModelSpec.features(
      4, loss: .meanSquaredError, [.linear(4), .residual([.dropout(0.5)])])
    let graph = try Graph(lowering: model, batch: 2, training: training)
    let last = try #require(graph.operations.last)
    #expect(last.kind.rule.name == "add")
    #expect((last.inputs[0] == last.inputs[1]) == !training)
  }

  @Test("Every operation has a random stream of its own, whatever the model")
  func streams() throws {
    for seed in 0..<40 {
      var generator = ModelGenerator(seed: seed)
      let graph = try Graph(lowering: generator.model(), batch: 2)
      #expect(Set(graph.operations.map(\.stream)).count == graph.operations.count, "seed \(seed)")
    }
  }
}

extension OperationKind {
  fileprivate var isDropout: Bool {
    if case .dropout = self { return true }
    return false
  }
}
