extension ModelSpec {
  /// Checks that the model can be built.
  ///
  /// - Throws: `ModelFault`, with the layer's place.
  public func validate() throws(ModelFault) {
    _ = try Graph(lowering: self, batch: 1)
  }

  /// The largest extent that a declared size may have: products of a few of them stay within `Int`.
  static let largestExtent = 1 << 28

  /// Refuses sizes whose products could overflow before anything multiplies them.
  func checkSizes(batch: Int) throws(ModelFault) {
    try Self.check(batch, "batch", at: [])
    switch input {
    case .tokens(let tokens):
      try Self.check(tokens.vocabularySize, "the vocabulary", at: [])
      try Self.check(tokens.contextLength, "context_length", at: [])
      if let count = tokens.typeCount { try Self.check(count, "token_types", at: []) }
    case .features(let count): try Self.check(count, "features", at: [])
    case .image(let height, let width, let channels):
      try Self.check(height, "the height", at: [])
      try Self.check(width, "the width", at: [])
      try Self.check(channels, "channels", at: [])
    }
    try Self.checkSizes(of: layers, at: [])
  }

  private static func checkSizes(
    of layers: [LayerSpec], at place: [Int], first: Int = 0
  ) throws(ModelFault) {
    for (index, layer) in layers.enumerated() {
      let place = place + [first + index]
      switch layer.kind {
      case .linear(let spec): try check(spec.outFeatures, "out", at: place)
      case .embedding(let vocabulary, let width, _):
        try check(vocabulary, "vocab_size", at: place)
        try check(width, "dim", at: place)
      case .positionEmbedding(let context, _): try check(context, "context_length", at: place)
      case .attention(let spec):
        try check(spec.heads, "heads", at: place)
        if let heads = spec.keyHeads { try check(heads, "kv_heads", at: place) }
        if let size = spec.headSize { try check(size, "head_size", at: place) }
      case .repeat(let times, let layers):
        try check(times, "times", at: place)
        guard times <= 10_000 else { throw tooLarge("times: \(times)", at: place) }
        try checkSizes(ofGroup: layers, at: place)
      case .residual(let layers, let shortcut):
        try checkSizes(ofGroup: layers, at: place)
        try checkSizes(of: shortcut, at: place, first: layers.count)
      case .sequential(let layers), .checkpoint(let layers):
        try checkSizes(ofGroup: layers, at: place)
      case .product(let branches):
        guard !branches.isEmpty else { throw ModelFault(layer: place, path: "", reason: .noLayers) }
        for (index, branch) in branches.enumerated() {
          try checkSizes(ofGroup: branch, at: place + [index])
        }
      default: try checkImageSizes(of: layer.kind, at: place)
      }
    }
  }

  private static func checkSizes(
    ofGroup layers: [LayerSpec], at place: [Int]
  ) throws(ModelFault) {
    guard !layers.isEmpty else { throw ModelFault(layer: place, path: "", reason: .noLayers) }
    try checkSizes(of: layers, at: place)
  }

  static func check(_ value: Int, _ what: String, at place: [Int]) throws(ModelFault) {
    guard value > 0 else {
      throw ModelFault(layer: place, path: "", reason: .notPositive(what: what, value: value))
    }
    guard value <= largestExtent else { throw tooLarge("\(what): \(value)", at: place) }
  }

  static func tooLarge(_ what: String, at place: [Int]) -> ModelFault {
    ModelFault(layer: place, path: "", reason: .tooLarge(what: what))
  }
}
