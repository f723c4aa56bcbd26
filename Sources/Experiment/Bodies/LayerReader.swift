import Diagnostics
import ModelGraph

/// Where a layer is written.
struct LayerPlace {
  /// The layer's kind or its item.
  var layer: ByteRange
  /// The number of heads.
  var heads: ByteRange?
  /// The name of the layer that it reads from.
  var source: ByteRange?
}

/// Reads nested layer lists and remembers where each layer is written.
struct LayerReader {
  let reader: BodyReader
  let input: InputSpec?
  /// The place of each layer by its positions in the nested lists.
  var places: [[Int]: LayerPlace] = [:]
  /// The vocabulary of each named embedding read so far.
  var vocabularies: [String: Int] = [:]

  private static let kinds = [
    "linear", "embedding", "position_embedding", "token_type_embedding", "layer_norm", "rms_norm",
    "attention", "gelu", "relu", "silu", "tanh", "sigmoid", "softmax", "dropout", "first_token",
    "conv2d", "batch_norm", "group_norm", "max_pool", "avg_pool", "global_avg_pool", "flatten",
    "sequence", "reshape", "upsample", "concat", "add", "residual", "product", "sequential",
    "repeat", "checkpoint",
  ]

  init(reader: BodyReader, input: InputSpec?) {
    self.reader = reader
    self.input = input
  }

  /// The layers of a list; the first has the position `first` in the lists around it.
  mutating func layers(_ node: YAMLNode, at path: [Int], first: Int = 0) -> [LayerSpec] {
    guard path.count <= BodyLimits.layerNesting else {
      reader.note(.nestedTooDeep(BodyLimits.layerNesting), at: node.range)
      return []
    }
    var layers: [LayerSpec] = []
    for (index, item) in (reader.items(node, "layers") ?? []).enumerated() {
      guard
        let choice = reader.variant(item, "layer", known: Self.kinds)
      else { continue }
      let path = path + [first + index]
      places[path] = LayerPlace(layer: choice.range)
      if let layer = layer(choice, at: path) { layers.append(layer) }
    }
    return layers
  }

  private mutating func layer(_ choice: Variant, at path: [Int]) -> LayerSpec? {
    switch choice.name {
    case "linear": linear(choice)
    case "embedding": embedding(choice)
    case "position_embedding": positionEmbedding(choice)
    case "token_type_embedding": tokenTypes(choice)
    case "layer_norm", "rms_norm": norm(choice)
    case "attention": attention(choice, at: path)
    case "gelu": gelu(choice)
    case "relu": plain(choice, .relu)
    case "silu": plain(choice, .silu)
    case "tanh": plain(choice, .tanh)
    case "sigmoid": plain(choice, .sigmoid)
    case "softmax": plain(choice, .softmax)
    case "first_token": plain(choice, .firstToken)
    case "dropout": dropout(choice)
    case "product": product(choice, at: path)
    case "batch_norm": batchNorm(choice)
    case "group_norm": groupNorm(choice)
    case "conv2d": convolution(choice)
    case "max_pool": pooling(choice) { .maxPool($0) }
    case "avg_pool": pooling(choice) { .averagePool($0) }
    case "global_avg_pool":
      plain(choice, .globalAveragePool)
    case "flatten": plain(choice, .flatten)
    case "sequence": plain(choice, .sequence)
    case "reshape": reshape(choice)
    case "upsample": upsample(choice)
    case "concat": skip(choice, at: path) { .concatenation(from: $0) }
    case "add": skip(choice, at: path) { .addition(from: $0) }
    case "repeat": repetition(choice, at: path)
    default: group(choice, at: path)
    }
  }

  // MARK: - Parts

  var inputVocabulary: Int? {
    if case .tokens(let tokens) = input { tokens.vocabularySize } else { nil }
  }

  /// `fan_in` or `{normal: 0.02}`.
  func initialization(_ node: YAMLNode?, default usual: Initialization) -> Initialization {
    guard let node, let choice = reader.variant(node, "init", known: ["fan_in", "normal"]) else {
      return usual
    }
    guard choice.name == "normal" else { return .fanIn }
    guard let deviation = choice.details, choice.hasDetails else {
      missingDetails(choice, example: "0.02")
      return usual
    }
    let value = reader.number(deviation, "normal", .notNegative) ?? 0
    return .normal(standardDeviation: Float(value))
  }

  /// The details of a layer that can't do without.
  func required(
    _ choice: Variant, _ keys: [String], _ example: String
  ) -> KeyedValues? {
    if !choice.hasDetails { missingDetails(choice, example: example) }
    return reader.details(of: choice, keys: keys)
  }

  func missingDetails(_ choice: Variant, example: String) {
    let expected = "written with details such as '\(choice.name): \(example)'"
    reader.note(
      .wrongType(what: "'\(choice.name)'", expected: expected, found: "nothing"),
      at: choice.range)
  }

  /// The layer under the name that its details give.
  func named(_ keys: KeyedValues?, _ kind: LayerKind) -> LayerSpec {
    guard let node = keys?["name"], let name = reader.text(node, "name") else {
      return LayerSpec(kind)
    }
    if !isLayerName(name) { reader.note(.invalidName(abbreviated(name)), at: node.range) }
    return LayerSpec(kind, name: name)
  }

  private func isLayerName(_ name: String) -> Bool {
    ParameterMarks.isParameterName(name) && !name.hasPrefix("_")
  }
}
