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

  func batchNorm(_ choice: Variant) -> LayerSpec {
    let keys = reader.details(of: choice, keys: ["eps", "momentum", "name"])
    let usual = BatchNormSpec()
    let epsilon = keys?.number("eps", .positive, default: 1e-5)
    let momentum = keys?.number("momentum", .fraction, default: 0.1)
    return named(
      keys,
      .batchNorm(
        BatchNormSpec(
          epsilon: epsilon.map { Float($0) } ?? usual.epsilon,
          momentum: momentum.map { Float($0) } ?? usual.momentum)))
  }

  /// `group_norm: 8` or `group_norm: {groups: 8}`.
  func groupNorm(_ choice: Variant) -> LayerSpec? {
    if let node = choice.details, node.scalar != nil, choice.hasDetails {
      return reader.integer(node, "groups", BodyLimits.sizes).map {
        LayerSpec(.groupNorm(groups: $0, epsilon: 1e-5))
      }
    }
    guard let keys = required(choice, ["groups", "eps", "name"], "{groups: 8}") else { return nil }
    let groups = keys.integer("groups", BodyLimits.sizes)
    let epsilon = keys.number("eps", .positive, default: 1e-5)
    return named(keys, .groupNorm(groups: groups ?? 1, epsilon: Float(epsilon ?? 1e-5)))
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
