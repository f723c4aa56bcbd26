import ModelGraph

extension Graph {
  /// The paths of all layers, such as `block.0.mlp.up`.
  var layerPaths: [String] {
    layers.flatMap(\.flattened).map(\.path).filter { !$0.isEmpty }
  }

  /// The names of all parameters, such as `block.0.mlp.up.weight`.
  var parameterNames: [String] { parameters.map { self[$0.tensor].name } }
}
