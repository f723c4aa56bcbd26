import Diagnostics
import ModelGraph

/// Layers that read an earlier one by its name.
extension LayerReader {
  /// `concat: {from: down1}` or `concat: down1`.
  mutating func skip(
    _ choice: Variant, at path: [Int], _ kind: (String) -> LayerKind
  ) -> LayerSpec? {
    if let node = choice.details, node.scalar != nil, choice.hasDetails {
      places[path]?.source = node.range
      return reader.text(node, "from").map { LayerSpec(kind($0)) }
    }
    guard let keys = required(choice, ["from", "name"], "{from: name}") else { return nil }
    places[path]?.source = keys["from"]?.range
    return keys.text("from").map { named(keys, kind($0)) }
  }
}
