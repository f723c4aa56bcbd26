import ModelGraph

extension ModelSpec {
  /// The paths of all layers, such as `block.0.mlp.up`.
  var layerPaths: [String] {
    let graph = try? Graph(lowering: self, batch: 1)
    return graph?.layers.flatMap(\.flattened).map(\.path).filter { !$0.isEmpty } ?? []
  }

  /// The names of all parameters, such as `block.0.mlp.up.weight`.
  var parameterNames: [String] {
    guard let graph = try? Graph(lowering: self, batch: 1) else { return [] }
    return graph.parameters.map { graph[$0.tensor].name }
  }

  /// The paths with `*` for the numbers of repeats: what people write in `blocks`.
  func pathPatterns(_ paths: [String]) -> [String] {
    paths.map { path in
      path.split(separator: ".").map { Int($0) == nil ? String($0) : "*" }.joined(separator: ".")
    }.uniqued
  }
}
