import Diagnostics
import ModelGraph

/// Layers that normalise, and those that take each value for itself.
extension LayerReader {
  /// Layer norm and RMS norm; their ε are those of PyTorch's `LayerNorm` and of Llama.
  func norm(_ choice: Variant) -> LayerSpec {
    let keys = reader.details(of: choice, keys: ["eps", "name"])
    let isRoot = choice.name == "rms_norm"
    let usual = isRoot ? 1e-6 : 1e-5
    let epsilon = Float(keys?.number("eps", .positive, default: usual) ?? usual)
    return named(keys, isRoot ? .rmsNorm(epsilon: epsilon) : .layerNorm(epsilon: epsilon))
  }

  /// A layer without details of its own.
  func plain(_ choice: Variant, _ kind: LayerKind) -> LayerSpec {
    named(reader.details(of: choice, keys: ["name"]), kind)
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
