import ModelGraph
import Testing

@Suite("Presets")
struct PresetTests {
  @Test("GPT-2 has 124 439 808 parameters")
  func parameterCount() throws {
    let graph = try Graph(lowering: .gpt2(GPT2Sizes()), batch: 1)
    let count = graph.parameters.map { graph[$0.tensor].shape.reduce(1, *) }.reduce(0, +)
    #expect(count == 124_439_808)
  }

  @Test("Presets of any sizes are models that can be built")
  func valid() throws {
    for layers in [1, 3] {
      for dropout in [Float(0), 0.1] {
        let sizes = GPT2Sizes(
          numLayers: layers, hiddenSize: 12, numHeads: 3, vocabularySize: 7, contextLength: 5,
          dropout: dropout)
        try ModelSpec.gpt2(sizes).validate()
        let mlp = MLPSizes(
          features: 3, hidden: Array(repeating: 4, count: layers), out: 2, dropout: dropout)
        try ModelSpec.mlp(mlp).validate()
      }
    }
  }
}
