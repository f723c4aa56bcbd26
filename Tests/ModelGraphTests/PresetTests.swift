import EngineTestSupport
import ModelGraph
import Testing

@Suite("Presets")
struct PresetTests {
  private func count(_ model: ModelSpec) throws -> Int {
    let graph = try Graph(lowering: model, batch: 1)
    return graph.parameters.reduce(0) { $0 + graph[$1.tensor].count }
  }

  @Test("GPT-2 has the published 124 439 808 parameters, and 768 less for each position less")
  func parameterCounts() throws {
    #expect(try count(.gpt2(GPT2Sizes())) == 124_439_808)
    #expect(
      try count(.gpt2(GPT2Sizes(contextLength: 512))) == 124_439_808 - (1024 - 512) * 768)
  }

  @Test("The three larger GPT-2 models have their published sizes too")
  func largerModels() throws {
    let sizes = [(24, 1024, 16, 354_823_168), (36, 1280, 20, 774_030_080)]
    for (layers, width, heads, parameters) in sizes {
      let model = ModelSpec.gpt2(
        GPT2Sizes(numLayers: layers, hiddenSize: width, numHeads: heads))
      #expect(try count(model) == parameters)
    }
  }

  @Test("GPT-2 draws projections that end a branch 1/√2n as wide as the other weights")
  func initialization() throws {
    let graph = try Graph(lowering: .smallGPT(blocks: 8), batch: 1)
    func law(_ name: String) -> ParameterInitialization? {
      graph.parameters.first { graph[$0.tensor].name == name }?.initialization
    }
    #expect(law("block.3.mlp.up.weight") == .normal(standardDeviation: 0.02))
    #expect(law("block.3.mlp.down.weight") == .normal(standardDeviation: 0.005))
    #expect(law("block.3.attn.attention.proj.weight") == .normal(standardDeviation: 0.005))
    #expect(law("block.3.mlp.up.bias") == .constant(0))
    #expect(law("ln_f.weight") == .constant(1))
  }

  @Test("Dropout of 0 is no layer of a preset")
  func noDropout() throws {
    let with = ModelSpec.gpt2(GPT2Sizes(dropout: 0.1)).layers.count
    #expect(ModelSpec.gpt2(GPT2Sizes(dropout: 0)).layers.count == with - 1)
  }

  @Test("A perceptron is linear layers with activation and dropout between them")
  func perceptron() throws {
    let sizes = MLPSizes(features: 6, hidden: [5, 4], out: 3, activation: .exactGELU, dropout: 0.2)
    let model = ModelSpec.mlp(sizes)
    let graph = try Graph(lowering: model, batch: 2)
    #expect(
      graph.operations.map(\.layer) == ["fc0", "gelu", "dropout", "fc1", "gelu_2", "dropout_2"])
    #expect(graph.head?.layer == "head")
    #expect(try count(model) == 6 * 5 + 5 + 5 * 4 + 4 + 4 * 3 + 3)
    let bound = try #require(graph.parameters.first?.initialization)
    #expect(bound == .uniform(bound: Float(1.0 / 6).squareRoot()))
  }

  @Test("Every preset and every size can be built, or says why not", arguments: [1, 3, 12])
  func headsThatDivide(heads: Int) throws {
    try ModelSpec.smallGPT(width: 12 * heads, heads: heads).validate()
    #expect(throws: ModelFault.self) {
      try ModelSpec.smallGPT(width: 12 * heads + 1, heads: heads + 1).validate()
    }
  }
}
