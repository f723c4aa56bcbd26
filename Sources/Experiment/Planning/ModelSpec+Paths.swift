import ModelGraph

extension ModelSpec {
  /// The features that the last linear layer puts out; nil without one.
  var outputWidth: Int? {
    guard case .linear(let spec) = layers.last?.kind else { return nil }
    return spec.outFeatures
  }

  /// The paths of all layers, such as `block.0.mlp.up`.
  var layerPaths: [String] {
    let graph = try? Graph(lowering: self, batch: 1)
    return graph?.layers.flatMap(\.flattened).map(\.path).filter { !$0.isEmpty } ?? []
  }

  /// The paths with `*` for the numbers of repeats: what people write in `blocks`.
  func pathPatterns(_ paths: [String]) -> [String] {
    paths.map { path in
      path.split(separator: ".").map { Int($0) == nil ? String($0) : "*" }.joined(separator: ".")
    }.uniqued
  }
}
