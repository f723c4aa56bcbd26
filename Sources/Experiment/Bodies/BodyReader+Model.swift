import Diagnostics
import ModelGraph

extension BodyReader {
  private static let presets = ["gpt2", "bert", "llama", "mlp", "resnet", "vit"]

  /// A model directive: a preset, a folder of weights, or an input and layers.
  func model(_ node: YAMLNode) -> ModelCell? {
    if case .mapping(let entries) = node.content,
      let folder = entries.first(where: { $0.name == "pretrained" })?.value,
      !entries.contains(where: { $0.name == "preset" || $0.name == "layers" })
    {
      return pretrained(folder, node)
    }
    return modelSpec(node).map { ModelCell(spec: $0) }
  }

  private func modelSpec(_ node: YAMLNode) -> ModelSpec? {
    guard case .mapping(let entries) = node.content else {
      wrongType(node, DirectiveKind.model.owner, expected: "a mapping")
      return nil
    }
    if let name = entries.first(where: { $0.name == "preset" })?.value {
      let loss = entries.first { $0.name == "loss" }?.value
      return preset(name, node, loss: loss)
    }
    let owner = DirectiveKind.model.owner
    let known = ["input", "layers", "loss", "preset", "pretrained"]
    guard
      let keys = mapping(node, owner, keys: known, place: place)
    else { return nil }
    let input = keys.required("input").flatMap(input)
    let loss = keys["loss"].flatMap(loss) ?? .crossEntropy
    var layerReader = LayerReader(reader: self, input: input)
    let layers = keys.required("layers").map { layerReader.layers($0, at: []) } ?? []
    guard let input, faults.isEmpty else { return nil }
    let model = ModelSpec(input: input, layers: layers, loss: loss)
    return validated(model, places: layerReader.places)
  }

  private func preset(_ name: YAMLNode, _ node: YAMLNode, loss: YAMLNode?) -> ModelSpec? {
    guard
      let word = word(name, "preset", among: Self.presets)
    else { return nil }
    var model =
      switch word {
      case "gpt2": gpt2(node)
      case "bert": bert(node)
      case "llama": llama(node)
      case "resnet": resnet(node)
      case "vit": vit(node)
      default: mlp(node)
      }
    if let loss = loss.flatMap(self.loss) { model?.loss = loss }
    guard let model, faults.isEmpty else { return nil }
    return validated(model, places: [[]: LayerPlace(layer: name.range)])
  }

  /// `{tokens: 256, context_length: 64}`, `{features: 64}` or `{image: [32, 32, 3]}`.
  private func input(_ node: YAMLNode) -> InputSpec? {
    let kinds = ["features", "tokens", "image"]
    let known = kinds + ["context_length", "padding", "token_types"]
    guard let keys = mapping(node, "the input", keys: known) else { return nil }
    let found = kinds.filter { keys[$0] != nil }
    guard found.count < 2 else {
      note(.conflictingKeys(found, owner: keys.owner), at: keys.keyRange(found[1]))
      return nil
    }
    if let features = keys["features"] {
      return integer(features, "features", BodyLimits.sizes).map { .features($0) }
    }
    if let tokens = keys["tokens"] { return tokenInput(tokens, keys) }
    if let image = keys["image"] { return imageInput(image) }
    note(.missingOneOf(kinds, owner: keys.owner), at: node.range)
    return nil
  }

  private func tokenInput(_ node: YAMLNode, _ keys: KeyedValues) -> InputSpec? {
    let vocabulary = integer(node, "tokens", BodyLimits.sizes)
    let context = keys.integer("context_length", BodyLimits.sizes)
    let types = keys["token_types"].flatMap { integer($0, "token_types", BodyLimits.sizes) }
    let isPadded = keys.flag("padding", default: false)
    guard let vocabulary, let context else { return nil }
    return .tokens(
      TokenInput(
        vocabularySize: vocabulary, contextLength: context, isPadded: isPadded, typeCount: types))
  }

  /// Height, width and channels.
  func imageInput(_ node: YAMLNode) -> InputSpec? {
    let extents = (items(node, "image") ?? []).compactMap {
      integer($0, "image", BodyLimits.sizes)
    }
    guard extents.count == 3 else {
      wrongType(node, "image", expected: "[height, width, channels]")
      return nil
    }
    return .image(height: extents[0], width: extents[1], channels: extents[2])
  }

  /// The model, if it can be built.
  private func validated(_ model: ModelSpec, places: [[Int]: LayerPlace]) -> ModelSpec? {
    if let fault = model.sizeFault {
      note(fault, at: place)
      return nil
    }
    do throws(ModelFault) {
      graph = try Graph(lowering: model, batch: 1)
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
    switch fault.reason {
    case .unknownSkip, .skipShape: return place.source ?? place.layer
    default: return place.layer
    }
  }
}
