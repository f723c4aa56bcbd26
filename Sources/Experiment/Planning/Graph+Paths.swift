import ModelGraph

extension Graph {
  /// The paths of all layers, such as `block.0.mlp.up`.
  var layerPaths: [String] {
    layers.flatMap(\.flattened).map(\.path).filter { !$0.isEmpty }
  }

  /// What the policies `keep` and `drop` may call the values of blocks: operations, then layers, then
  /// values.
  ///
  /// Dropout may always be named: a model without any is often one with its probability set to 0.
  var blockValueNames: [String] {
    let inner = blocks.flatMap { operations[$0.operations] }
    let idle = blocks.flatMap(\.flattened).filter(\.operations.isEmpty)
    return
      (inner.map(\.kind.rule.name) + ["dropout"] + (inner.map(\.layer) + idle.map(\.path))
      + inner.flatMap(\.outputs).map { self[$0].name }).uniqued
  }

  /// How many tokens the model has rows for, in the smallest table that it looks them up in.
  var tokenTable: Int? {
    operations.filter { $0.inputs.contains(input) }.compactMap { operation in
      if case .embedding(let rule) = operation.kind { rule.vocabularySize } else { nil }
    }.min()
  }

  /// The names of all parameters, such as `block.0.mlp.up.weight`.
  var parameterNames: [String] { parameters.map { self[$0.tensor].name } }
}
