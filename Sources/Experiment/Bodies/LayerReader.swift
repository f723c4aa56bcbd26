import Diagnostics
import ModelGraph

/// Where a layer is written.
struct LayerPlace {
  /// The layer's kind or its item.
  var layer: ByteRange
  /// The number of heads.
  var heads: ByteRange?
}

/// Reads nested layer lists and remembers where each layer is written.
struct LayerReader {
  let reader: BodyReader
  let input: InputSpec?
  /// The place of each layer by its positions in the nested lists.
  private(set) var places: [[Int]: LayerPlace] = [:]
  /// The vocabulary of each named embedding read so far.
  private var vocabularies: [String: Int] = [:]

  private static let kinds = [
    "linear", "embedding", "position_embedding", "layer_norm", "attention", "gelu", "relu",
    "dropout", "residual", "sequential", "repeat", "checkpoint",
  ]
  private static let laterKinds = [
    "conv2d", "max_pool", "avg_pool", "batch_norm", "group_norm", "rms_norm", "flatten", "silu",
    "tanh", "softmax",
  ]

  init(reader: BodyReader, input: InputSpec?) {
    self.reader = reader
    self.input = input
  }

  /// The layers of a list.
  mutating func layers(_ node: YAMLNode, at path: [Int]) -> [LayerSpec] {
    guard path.count <= BodyLimits.layerNesting else {
      reader.note(.nestedTooDeep(BodyLimits.layerNesting), at: node.range)
      return []
    }
    var layers: [LayerSpec] = []
    for (index, item) in (reader.items(node, "layers") ?? []).enumerated() {
      guard
        let choice = reader.variant(item, "layer", known: Self.kinds, later: Self.laterKinds)
      else { continue }
      places[path + [index]] = LayerPlace(layer: choice.range)
      if let layer = layer(choice, at: path + [index]) { layers.append(layer) }
    }
    return layers
  }

  private mutating func layer(_ choice: Variant, at path: [Int]) -> LayerSpec? {
    switch choice.name {
    case "linear": linear(choice)
    case "embedding": embedding(choice)
    case "position_embedding": positionEmbedding(choice)
    case "layer_norm": layerNorm(choice)
    case "attention": attention(choice, at: path)
    case "gelu": gelu(choice)
    case "relu": named(reader.details(of: choice, keys: ["name"]), .relu)
    case "dropout": dropout(choice)
    case "repeat": repetition(choice, at: path)
    default: group(choice, at: path)
    }
  }

  // MARK: - Groups

  private mutating func group(_ choice: Variant, at path: [Int]) -> LayerSpec? {
    var list = choice.details
    var keys: KeyedValues?
    if case .mapping = choice.details?.content {
      keys = reader.details(of: choice, keys: ["layers", "name"])
      list = keys?.required("layers")
    }
    guard let list else {
      if keys == nil { missingDetails(choice, example: "[linear: {out: 64}, relu]") }
      return nil
    }
    let inner = layers(list, at: path)
    switch choice.name {
    case "residual": return named(keys, .residual(inner))
    case "sequential": return named(keys, .sequential(inner))
    default: return named(keys, .checkpoint(inner))
    }
  }

  private mutating func repetition(_ choice: Variant, at path: [Int]) -> LayerSpec? {
    guard let keys = required(choice, ["times", "layers", "name"], "{times: 2, layers: […]}") else {
      return nil
    }
    let times = keys.integer("times", BodyLimits.repeats)
    let inner = keys.required("layers").map { layers($0, at: path) } ?? []
    return named(keys, .repeat(times: times ?? 1, layers: inner))
  }

  // MARK: - Layers with weights

  private func linear(_ choice: Variant) -> LayerSpec? {
    if let node = choice.details, node.scalar != nil, choice.hasDetails {
      return reader.integer(node, "out", BodyLimits.sizes).map {
        LayerSpec(.linear(LinearSpec(outFeatures: $0)))
      }
    }
    let known = ["out", "bias", "tied", "init", "name"]
    guard let keys = required(choice, known, "{out: 64}") else { return nil }
    let tied = keys["tied"].flatMap { reader.text($0, "tied") }
    let usual = tied.map { vocabularies[$0] ?? inputVocabulary ?? 1 }
    let out = keys.integer("out", BodyLimits.sizes, default: usual)
    let spec = LinearSpec(
      outFeatures: out ?? 1, bias: keys.flag("bias", default: tied == nil),
      initialization: initialization(keys["init"], default: .fanIn), tiedTo: tied)
    return named(keys, .linear(spec))
  }

  private mutating func embedding(_ choice: Variant) -> LayerSpec? {
    guard let keys = required(choice, ["dim", "vocab_size", "init", "name"], "{dim: 64}") else {
      return nil
    }
    let width = keys.integer("dim", BodyLimits.sizes)
    let vocabulary = keys.integer("vocab_size", BodyLimits.sizes, default: inputVocabulary)
    let layer = named(
      keys,
      .embedding(
        vocabularySize: vocabulary ?? 1, width: width ?? 1,
        initialization: initialization(keys["init"], default: .normal(standardDeviation: 0.02))))
    vocabularies[layer.name ?? "embedding"] = vocabulary
    return layer
  }

  private func positionEmbedding(_ choice: Variant) -> LayerSpec? {
    let keys = reader.details(of: choice, keys: ["context_length", "init", "name"])
    var context: Int?
    if case .tokens(_, let length) = input { context = length }
    if let keys {
      context = keys.integer("context_length", BodyLimits.sizes, default: context)
    }
    let initialization = initialization(
      keys?["init"], default: .normal(standardDeviation: 0.02))
    return named(
      keys, .positionEmbedding(contextLength: context ?? 1, initialization: initialization))
  }

  private mutating func attention(_ choice: Variant, at path: [Int]) -> LayerSpec? {
    if let node = choice.details, node.scalar != nil, choice.hasDetails {
      places[path]?.heads = node.range
      return reader.integer(node, "heads", BodyLimits.sizes).map {
        LayerSpec(.attention(AttentionSpec(heads: $0)))
      }
    }
    let known = ["heads", "causal", "dropout", "init", "output_init", "name"]
    guard let keys = required(choice, known, "{heads: 4}") else { return nil }
    places[path]?.heads = keys["heads"]?.range
    let spec = AttentionSpec(
      heads: keys.integer("heads", BodyLimits.sizes) ?? 1,
      causal: keys.flag("causal", default: true),
      dropout: Float(keys.number("dropout", .belowOne, default: 0) ?? 0),
      initialization: initialization(keys["init"], default: .fanIn),
      outputInitialization: initialization(keys["output_init"], default: .fanIn))
    return named(keys, .attention(spec))
  }

  // MARK: - Layers without details to speak of

  private func layerNorm(_ choice: Variant) -> LayerSpec {
    let keys = reader.details(of: choice, keys: ["eps", "name"])
    return named(
      keys, .layerNorm(epsilon: Float(keys?.number("eps", .positive, default: 1e-5) ?? 1e-5)))
  }

  private func gelu(_ choice: Variant) -> LayerSpec {
    let names = GELUForm.allCases.map(\.rawValue)
    var keys: KeyedValues?
    var form = choice.details
    if case .mapping = choice.details?.content {
      keys = reader.details(of: choice, keys: ["form", "name"])
      form = keys?["form"]
    }
    let word = choice.hasDetails ? form.flatMap { reader.word($0, "form", among: names) } : nil
    return named(keys, .gelu(word.flatMap(GELUForm.init) ?? .tanh))
  }

  private func dropout(_ choice: Variant) -> LayerSpec? {
    if let node = choice.details, node.scalar != nil, choice.hasDetails {
      return reader.number(node, "p", .belowOne).map {
        LayerSpec(.dropout(probability: Float($0)))
      }
    }
    guard let keys = required(choice, ["p", "name"], "{p: 0.1}") else { return nil }
    return named(keys, .dropout(probability: Float(keys.number("p", .belowOne) ?? 0)))
  }

  // MARK: - Parts

  private var inputVocabulary: Int? {
    if case .tokens(let vocabulary, _) = input { vocabulary } else { nil }
  }

  /// `fan_in` or `{normal: 0.02}`.
  private func initialization(_ node: YAMLNode?, default usual: Initialization) -> Initialization {
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
  private func required(
    _ choice: Variant, _ keys: [String], _ example: String
  ) -> KeyedValues? {
    if !choice.hasDetails { missingDetails(choice, example: example) }
    return reader.details(of: choice, keys: keys)
  }

  private func missingDetails(_ choice: Variant, example: String) {
    let expected = "written with details such as '\(choice.name): \(example)'"
    reader.note(
      .wrongType(what: "'\(choice.name)'", expected: expected, found: "nothing"),
      at: choice.range)
  }

  /// The layer under the name that its details give.
  private func named(_ keys: KeyedValues?, _ kind: LayerKind) -> LayerSpec {
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
