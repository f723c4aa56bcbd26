import Diagnostics
import ModelGraph

/// Layers that normalise, and those that take each value for itself.
extension LayerReader {
  func layerNorm(_ choice: Variant) -> LayerSpec {
    let keys = reader.details(of: choice, keys: ["eps", "name"])
    return named(
      keys, .layerNorm(epsilon: Float(keys?.number("eps", .positive, default: 1e-5) ?? 1e-5)))
  }

  func gelu(_ choice: Variant) -> LayerSpec {
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

  func dropout(_ choice: Variant) -> LayerSpec? {
    if let node = choice.details, node.scalar != nil, choice.hasDetails {
      return reader.number(node, "p", .belowOne).map {
        LayerSpec(.dropout(probability: Float($0)))
      }
    }
    guard let keys = required(choice, ["p", "name"], "{p: 0.1}") else { return nil }
    return named(keys, .dropout(probability: Float(keys.number("p", .belowOne) ?? 0)))
  }
}
