import Diagnostics
import ModelGraph

/// Linear layers and tables.
extension LayerReader {
  func linear(_ choice: Variant) -> LayerSpec? {
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

  mutating func embedding(_ choice: Variant) -> LayerSpec? {
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

  func positionEmbedding(_ choice: Variant) -> LayerSpec? {
    let keys = reader.details(of: choice, keys: ["context_length", "init", "name"])
    var context: Int?
    if case .tokens(let tokens) = input { context = tokens.contextLength }
    if let keys {
      context = keys.integer("context_length", BodyLimits.sizes, default: context)
    }
    let initialization = initialization(
      keys?["init"], default: .normal(standardDeviation: 0.02))
    return named(
      keys, .positionEmbedding(contextLength: context ?? 1, initialization: initialization))
  }

  func tokenTypes(_ choice: Variant) -> LayerSpec {
    let keys = reader.details(of: choice, keys: ["init", "name"])
    return named(
      keys,
      .tokenTypeEmbedding(
        initialization: initialization(keys?["init"], default: .normal(standardDeviation: 0.02))))
  }
}
