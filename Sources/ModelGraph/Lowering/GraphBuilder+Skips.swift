/// Layers that read the output of an earlier, named layer beside that of the one before.
extension GraphBuilder {
  /// What a named layer put out.
  struct Skip {
    let tensor: TensorID
    let shape: ValueShape
  }

  /// Remembers the output of a layer that was given a name, for those after it in the same list and
  /// in lists inside.
  mutating func remember(_ name: String?) {
    guard let name else { return }
    skips[skips.count - 1][name] = Skip(tensor: current, shape: shape)
  }

  /// The channels of the current value, then those of the named layer's.
  mutating func lowerConcatenation(from name: String) throws(ModelFault) {
    let other = try skip(name)
    guard other.shape.withColumns(0) == shape.withColumns(0) else {
      throw fault(.skipShape(name: name, found: other.shape, here: shape))
    }
    let kind = Concatenation(rows: rows, first: width, second: other.shape.columns)
    let output = try activation(shape: [rows, kind.width])
    try emit(.concatenation(kind), inputs: [current, other.tensor], outputs: [output])
    current = output
    width = kind.width
  }

  mutating func lowerAddition(from name: String) throws(ModelFault) {
    let other = try skip(name)
    guard other.shape == shape else {
      throw fault(.skipShape(name: name, found: other.shape, here: shape))
    }
    try addResidual(other.tensor)
  }

  /// Whether a later layer may read the value as the output of a named layer.
  func isRemembered(_ tensor: TensorID) -> Bool {
    skips.contains { scope in
      scope.contains { referenced.contains($0.key) && $0.value.tensor == tensor }
    }
  }

  private func skip(_ name: String) throws(ModelFault) -> Skip {
    if let skip = skips.reversed().lazy.compactMap({ $0[name] }).first { return skip }
    throw fault(.unknownSkip(name: name, layers: Set(skips.flatMap(\.keys)).sorted()))
  }
}

extension ValueShape {
  fileprivate func withColumns(_ count: Int) -> ValueShape {
    var shape = self
    shape.columns = count
    return shape
  }
}

extension [LayerSpec] {
  /// The names that layers read from.
  var referencedNames: Set<String> {
    reduce(into: []) { names, layer in
      switch layer.kind {
      case .concatenation(let name), .addition(let name): names.insert(name)
      default:
        for layers in layer.kind.innerLists { names.formUnion(layers.referencedNames) }
      }
    }
  }
}
