import Diagnostics
import ModelGraph

/// Attention.
extension LayerReader {
  mutating func attention(_ choice: Variant, at path: [Int]) -> LayerSpec? {
    if let node = choice.details, node.scalar != nil, choice.hasDetails {
      places[path]?.heads = node.range
      return reader.integer(node, "heads", BodyLimits.sizes).map {
        LayerSpec(.attention(AttentionSpec(heads: $0)))
      }
    }
    let known = [
      "heads", "kv_heads", "head_size", "causal", "bias", "rope", "dropout", "init",
      "output_init", "name",
    ]
    guard let keys = required(choice, known, "{heads: 4}") else { return nil }
    places[path]?.heads = keys["heads"]?.range
    let spec = AttentionSpec(
      heads: keys.integer("heads", BodyLimits.sizes) ?? 1,
      keyHeads: keys["kv_heads"].flatMap { reader.integer($0, "kv_heads", BodyLimits.sizes) },
      headSize: keys["head_size"].flatMap { reader.integer($0, "head_size", BodyLimits.sizes) },
      causal: keys.flag("causal", default: true),
      bias: keys.flag("bias", default: true),
      rotaryBase: keys["rope"].flatMap { rotaryBase($0) },
      dropout: Float(keys.number("dropout", .belowOne, default: 0) ?? 0),
      initialization: initialization(keys["init"], default: .fanIn),
      outputInitialization: initialization(keys["output_init"], default: .fanIn))
    return named(keys, .attention(spec))
  }

  /// `{base: 10000}`, or true for just that.
  func rotaryBase(_ node: YAMLNode) -> Double? {
    if case .mapping = node.content {
      let keys = reader.mapping(node, "'rope'", keys: ["base"])
      return keys?.number("base", .positive, default: AttentionSpec.usualRotaryBase)
    }
    return reader.flag(node, "rope") == true ? AttentionSpec.usualRotaryBase : nil
  }
}
