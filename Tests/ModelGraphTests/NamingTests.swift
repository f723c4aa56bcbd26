import EngineTestSupport
import ModelGraph
import Testing

@Suite("Layer names")
struct NamingTests {
  private func paths(_ layers: [LayerSpec]) throws -> [String] {
    try Graph(lowering: .features(8, loss: .meanSquaredError, layers), batch: 1)
      .operations.map(\.layer)
  }

  @Test("Unnamed layers take their kind's name, from the second on with a number")
  func automatic() throws {
    #expect(
      try paths([.linear(8), .relu, .linear(8), .linear(8)])
        == ["linear", "relu", "linear_2", "linear_3"])
  }

  @Test("A given name is never taken by an unnamed layer, wherever it stands")
  func givenNamesFirst() throws {
    #expect(try paths([.linear(8), .linear(8, name: "linear")]) == ["linear_2", "linear"])
  }

  @Test("Unnamed groups add nothing to paths, and layers in them keep different names")
  func unnamedGroups() throws {
    let part: [LayerSpec] = [.norm, .linear(8)]
    #expect(
      try paths([.residual(part), .checkpoint(part), .sequential(part)]) == [
        "layer_norm", "linear", "layer_norm_2", "linear_2", "layer_norm_3", "linear_3",
      ])
  }

  @Test("Each level of a path counts for itself")
  func levels() throws {
    let part: [LayerSpec] = [.linear(8), .linear(8)]
    #expect(
      try paths([.sequential(part, name: "a"), .sequential(part, name: "b"), .repeat(2, [.relu])])
        == ["a.linear", "a.linear_2", "b.linear", "b.linear_2", "block.0.relu", "block.1.relu"])
  }

  @Test("The addition of an unnamed residual at the top has a name")
  func nameOfAddition() throws {
    #expect(try paths([.linear(8), .residual([.relu])]) == ["linear", "relu", "residual"])
  }

  @Test("No two parameters of a model have the same name")
  func parameterNames() throws {
    for seed in 0..<100 {
      var generator = ModelGenerator(seed: seed)
      let graph = try Graph(lowering: generator.model(), batch: 1)
      let names = graph.parameters.map { graph[$0.tensor].name }
      #expect(Set(names).count == names.count, "seed \(seed): \(names)")
    }
  }
}
