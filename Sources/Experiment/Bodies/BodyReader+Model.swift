import Diagnostics
import ModelGraph

extension BodyReader {
  private static let presets = ["gpt2", "mlp"]
  private static let laterPresets = ["bert", "resnet"]

  /// A model directive: a preset, or an input and layers.
  func model(_ node: YAMLNode) -> ModelSpec? {
    guard case .mapping(let entries) = node.content else {
      wrongType(node, DirectiveKind.model.owner, expected: "a mapping")
      return nil
    }
    if let name = entries.first(where: { $0.name == "preset" })?.value {
      return preset(name, node)
    }
    let owner = DirectiveKind.model.owner
    let known = ["input", "layers", "loss", "preset"]
    guard
      let keys = mapping(node, owner, keys: known, later: ["pretrained"], place: place)
    else { return nil }
    if faults.contains(where: { $0.fault.code == "not-available" }) { return nil }
    let input = keys.required("input").flatMap(input)
    let loss = loss(keys, default: .crossEntropy)
    var layerReader = LayerReader(reader: self, input: input)
    let layers = keys.required("layers").map { layerReader.layers($0, at: []) } ?? []
    guard let input, faults.isEmpty else { return nil }
    let model = ModelSpec(input: input, layers: layers, loss: loss)
    return validated(model, places: layerReader.places)
  }

  private func preset(_ name: YAMLNode, _ node: YAMLNode) -> ModelSpec? {
    guard
      let word = word(name, "preset", among: Self.presets, later: Self.laterPresets)
    else { return nil }
    let model = word == "gpt2" ? gpt2(node) : mlp(node)
    guard let model, faults.isEmpty else { return nil }
    return validated(model, places: [[]: LayerPlace(layer: name.range)])
  }

  /// `{tokens: 256, context_length: 64}` or `{features: 64}`.
  private func input(_ node: YAMLNode) -> InputSpec? {
    guard
      let keys = mapping(node, "the input", keys: ["features", "tokens", "context_length"])
    else { return nil }
    switch (keys["features"], keys["tokens"]) {
    case (let features?, nil):
      return integer(features, "features", BodyLimits.sizes).map { .features($0) }
    case (nil, let tokens?):
      let vocabulary = integer(tokens, "tokens", BodyLimits.sizes)
      let context = keys.integer("context_length", BodyLimits.sizes)
      guard let vocabulary, let context else { return nil }
      return .tokens(vocabularySize: vocabulary, contextLength: context)
    case (.some, .some):
      note(
        .conflictingKeys(["features", "tokens"], owner: keys.owner), at: keys.keyRange("tokens"))
    case (nil, nil):
      note(.missingOneOf(["features", "tokens"], owner: keys.owner), at: node.range)
    }
    return nil
  }

  func loss(_ keys: KeyedValues, default fallback: LossKind) -> LossKind {
    let names = LossKind.allCases.map(\.rawValue)
    return keys["loss"].flatMap { word($0, "loss", among: names) }.flatMap(LossKind.init)
      ?? fallback
  }

  /// The model, if it can be built.
  private func validated(_ model: ModelSpec, places: [[Int]: LayerPlace]) -> ModelSpec? {
    if let fault = model.sizeFault {
      note(fault, at: place)
      return nil
    }
    do throws(ModelFault) {
      try model.validate()
      return model
    } catch {
      note(.model(error), at: Self.range(of: error, in: places) ?? place)
      return nil
    }
  }

  /// The place of the innermost written layer that a fault concerns.
  private static func range(
    of fault: ModelFault, in places: [[Int]: LayerPlace]
  ) -> ByteRange? {
    var path = fault.layer
    while places[path] == nil, !path.isEmpty { path.removeLast() }
    guard let place = places[path] else { return nil }
    if case .headsDoNotDivide = fault.reason, let heads = place.heads { return heads }
    return place.layer
  }
}
