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
}
