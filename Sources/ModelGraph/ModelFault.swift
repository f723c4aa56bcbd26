/// Why a model can't be built, and where: facts, with their prose beside them.
public struct ModelFault: Error, Hashable, Sendable {
  /// Positions in the nested layer lists, outermost first; empty for the model as a whole.
  public var layer: [Int]
  /// The layer's path.
  public var path: String
  /// What is wrong.
  public var reason: Reason

  /// Creates a fault.
  public init(layer: [Int], path: String, reason: Reason) {
    self.layer = layer
    self.path = path
    self.reason = reason
  }

  /// What can be wrong with a model.
  public enum Reason: Hashable, Sendable {
    case noLayers
    case needsTokens(kind: String)
    case firstLayerMustEmbed
    case embeddingMustBeFirst
    case unknownTie(name: String, embeddings: [String])
    case tiedSize(name: String, table: [Int], needed: [Int])
    case headsDoNotDivide(heads: Int, width: Int)
    case keyHeadsDoNotDivide(keyHeads: Int, heads: Int)
    case oddHeadSize(Int)
    case rotaryBase(Double)
    case noTokenTypes
    /// A layer reads something of each token, but its value has other positions than the tokens.
    case notTheTokens(kind: String, positions: Int, tokens: Int)
    case branchShapes(first: ValueShape, other: ValueShape)
    case contextTooShort(context: Int, needed: Int)
    case vocabularyTooSmall(table: Int, needed: Int)
    case residualChangesShape(from: ValueShape, into: ValueShape)
    case duplicateName(String)
    case invalidName(String)
    case notPositive(what: String, value: Int)
    case negative(what: String, value: Int)
    case probability(Double)
    case needsSequence(kind: String, found: ValueShape)
    case needsImage(kind: String, found: ValueShape)
    case groupsDoNotDivide(groups: Int, channels: Int, what: String)
    case windowTooLarge(kernel: [Int], image: ValueShape)
    case paddingTooLarge
    case invalidShape([Int])
    case reshapeChangesCount(from: ValueShape, into: ValueShape)
    case unknownSkip(name: String, layers: [String])
    case skipShape(name: String, found: ValueShape, here: ValueShape)
    case shortcutChangesShape(layers: ValueShape, shortcut: ValueShape)
    case tooLarge(what: String)
    case seesLaterPositions
    /// Text is generated position by position, but a layer computes with all at once.
    case joinsPositions
    /// A batch norm is trained with one value a channel, which has no deviation.
    case singleValue
    /// A loss's weights are not as many as the model's outputs.
    case lossWeights(key: String, count: Int, outputs: Int)
  }

  /// The fault in one sentence.
  public var message: String {
    switch reason {
    case .noLayers: layer.isEmpty ? "the model has no layers" : "the list of layers is empty"
    case .needsTokens(let kind): "\(kind) reads tokens, but the model's input is features"
    case .firstLayerMustEmbed: "the first layer of a token model must be an embedding"
    case .embeddingMustBeFirst: "an embedding reads tokens, so it can't come after other layers"
    case .unknownTie(let name, _): "no embedding is named '\(name)'"
    case .tiedSize(let name, let table, let needed):
      "the table of '\(name)' is \(table), but this layer's weight is \(needed)"
    case .headsDoNotDivide(let heads, let width): "\(heads) heads do not divide the width \(width)"
    case .keyHeadsDoNotDivide(let keyHeads, let heads):
      "\(keyHeads) heads of keys and values do not divide \(heads) heads"
    case .oddHeadSize(let size):
      "rotary positions turn pairs of features, but a head has \(size)"
    case .rotaryBase(let base): "the base of rotary positions is \(base), but must be above 1"
    case .notTheTokens(let kind, let positions, let tokens):
      "\(kind) reads something of each of the \(tokens) tokens, but its value has \(positions) positions"
    case .singleValue:
      "batch_norm has one value a channel in a batch of one example, and so no deviation to divide by"
    case .noTokenTypes: "token_type_embedding reads token types, but the input has none"
    case .branchShapes(let first, let other):
      "the branches of a product end in \(first) and \(other), so they can't be multiplied"
    case .contextTooShort(let context, let needed):
      "the table has \(context) positions, but the input has \(needed)"
    case .vocabularyTooSmall(let table, let needed):
      "the table has \(table) rows, but the vocabulary has \(needed)"
    case .residualChangesShape(let from, let into):
      "the layers of a residual turn \(from) into \(into), so they can't be added to their input"
    case .duplicateName(let name): "two layers are named '\(name)'"
    case .invalidName(let name): "'\(name)' is no layer name"
    case .notPositive(let what, let value): "\(what) is \(value), but must be at least 1"
    case .negative(let what, let value): "\(what) is \(value), but must be at least 0"
    case .probability(let value): "the probability is \(value), but must be at least 0 and below 1"
    case .needsSequence(let kind, let found): "\(kind) reads a sequence, but here is \(found)"
    case .needsImage(let kind, let found): "\(kind) reads an image, but here is \(found)"
    case .groupsDoNotDivide(let groups, let channels, let what):
      "\(groups) groups do not divide \(channels) \(what) channels"
    case .windowTooLarge(let kernel, let image):
      "a window of \(kernel) does not fit into \(image) with its padding"
    case .paddingTooLarge: "the padding is more than half of the kernel"
    case .invalidShape(let extents): "\(extents) is no shape"
    case .reshapeChangesCount(let from, let into):
      "\(from) has \(from.count) numbers, but \(into) has \(into.count)"
    case .unknownSkip(let name, _): "no earlier layer around this one is named '\(name)'"
    case .skipShape(let name, let found, let here):
      "the output of '\(name)' is \(found), but here is \(here)"
    case .shortcutChangesShape(let layers, let shortcut):
      "the layers of a residual make \(layers), but its shortcut \(shortcut)"
    case .seesLaterPositions:
      "text is generated position by position, but this attention is not causal"
    case .joinsPositions:
      "text is generated position by position, but this layer computes with all positions at once"
    case .lossWeights(let key, let count, let outputs):
      "\(key) has \(count) numbers, but the model puts out \(outputs)"
    case .tooLarge(let what): "\(what) is too large for this machine's address space"
    }
  }

  /// The remedies.
  public var notes: [String] {
    switch reason {
    case .noLayers: ["add at least one layer"]
    case .needsTokens: ["declare 'input: {tokens: …, context_length: …}'"]
    case .firstLayerMustEmbed: ["begin with 'embedding: {vocab_size: …, dim: …}'"]
    case .embeddingMustBeFirst: ["use 'linear' to change the width"]
    case .unknownTie(_, let embeddings):
      embeddings.isEmpty
        ? ["give the embedding a name"] : ["embeddings: \(embeddings.joined(separator: ", "))"]
    case .tiedSize: ["a tied weight is [vocabulary, width], as the table is"]
    case .headsDoNotDivide(_, let width):
      ["heads that divide \(width): \(Self.listed(Self.divisors(of: width)))"]
    case .keyHeadsDoNotDivide(_, let heads):
      ["kv_heads that divide \(heads): \(Self.listed(Self.divisors(of: heads)))"]
    case .oddHeadSize: ["make head_size even"]
    case .rotaryBase: ["Llama's is 10000"]
    case .notTheTokens:
      ["leave the sequence as long as the context, or do without padding and token types"]
    case .singleValue:
      ["take larger batches", "'drop_last: true' leaves out an epoch's last one, if it is that"]
    case .noTokenTypes: ["declare 'token_types: 2' in the input"]
    case .branchShapes(let first, _): ["end each branch with 'linear: {out: \(first.columns)}'"]
    case .contextTooShort(_, let needed): ["make context_length at least \(needed)"]
    case .vocabularyTooSmall(_, let needed): ["make vocab_size at least \(needed)"]
    case .needsSequence(_, .image): ["turn pixels into positions with 'sequence'"]
    case .needsSequence: ["declare 'input: {tokens: …, context_length: …}'"]
    case .residualChangesShape(.image, .image):
      ["give the residual a shortcut of the same shape: 'shortcut: [conv2d: …]'"]
    case .residualChangesShape(let from, _):
      ["end the residual with 'linear: {out: \(from.columns)}'"]
    case .needsImage(_, .vector):
      [
        "declare 'input: {image: [height, width, channels]}', or turn numbers into one with 'reshape'"
      ]
    case .needsImage: ["declare 'input: {image: [height, width, channels]}'"]
    case .groupsDoNotDivide(_, let channels, _):
      [
        "groups that divide \(channels): \(Self.divisors(of: channels).map(String.init).joined(separator: ", "))"
      ]
    case .windowTooLarge: ["make the kernel smaller, or the padding larger"]
    case .paddingTooLarge: ["make the kernel larger, or the padding smaller"]
    case .invalidShape:
      ["write [numbers], [positions, features] or [height, width, channels]"]
    case .reshapeChangesCount(let from, _): ["the numbers must stay \(from.count)"]
    case .unknownSkip(_, let layers):
      layers.isEmpty
        ? ["give the layer that is read a name"]
        : ["named layers before this one: \(layers.joined(separator: ", "))"]
    case .skipShape(_, .image, .image):
      ["bring both to the same height and width, with a pooling layer, 'upsample' or a padding"]
    case .skipShape, .shortcutChangesShape: ["bring both to the same shape"]
    case .duplicateName: ["names are unique within their layer list"]
    case .invalidName: ["names are letters, digits, '_' and '-', beginning with a letter"]
    case .notPositive, .negative, .probability: []
    case .joinsPositions: ["'layer_norm', 'rms_norm' and 'linear' take each position by itself"]
    case .seesLaterPositions: ["a language model's attention has 'causal: true'"]
    case .lossWeights(let key, _, let outputs): ["give \(key) \(outputs) numbers, one an output"]
    case .tooLarge: ["make it smaller"]
    }
  }

  private static func listed(_ numbers: [Int]) -> String {
    numbers.map(String.init).joined(separator: ", ")
  }

  private static func divisors(of width: Int) -> [Int] {
    (1...max(1, min(width, 128))).filter { width % $0 == 0 }
  }
}
