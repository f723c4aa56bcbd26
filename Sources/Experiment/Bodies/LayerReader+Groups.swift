import Diagnostics
import ModelGraph

/// Layers made of layers.
extension LayerReader {
  mutating func group(_ choice: Variant, at path: [Int]) -> LayerSpec? {
    var list = choice.details
    var keys: KeyedValues?
    if case .mapping = choice.details?.content {
      let known = choice.name == "residual" ? ["layers", "shortcut", "name"] : ["layers", "name"]
      keys = reader.details(of: choice, keys: known)
      list = keys?.required("layers")
    }
    guard let list else {
      if keys == nil { missingDetails(choice, example: "[linear: {out: 64}, relu]") }
      return nil
    }
    let inner = layers(list, at: path)
    switch choice.name {
    case "residual":
      // The shortcut's layers have the positions after those of the residual's own.
      let shortcut = keys?["shortcut"].map { layers($0, at: path, first: inner.count) } ?? []
      return named(keys, .residual(inner, shortcut: shortcut))
    case "sequential": return named(keys, .sequential(inner))
    default: return named(keys, .checkpoint(inner))
    }
  }

  /// `[[…], […]]` or `{branches: [[…], […]]}`.
  mutating func product(_ choice: Variant, at path: [Int]) -> LayerSpec? {
    var list = choice.details
    var keys: KeyedValues?
    if case .mapping = choice.details?.content {
      keys = reader.details(of: choice, keys: ["branches", "name"])
      list = keys?.required("branches")
    }
    guard let list, choice.hasDetails else {
      if keys == nil { missingDetails(choice, example: "[[linear: 64, silu], [linear: 64]]") }
      return nil
    }
    let branches = (reader.items(list, "branches") ?? []).enumerated().map { index, branch in
      layers(branch, at: path + [index])
    }
    return named(keys, .product(branches))
  }

  mutating func repetition(_ choice: Variant, at path: [Int]) -> LayerSpec? {
    guard let keys = required(choice, ["times", "layers", "name"], "{times: 2, layers: […]}") else {
      return nil
    }
    let times = keys.integer("times", BodyLimits.repeats)
    let inner = keys.required("layers").map { layers($0, at: path) } ?? []
    return named(keys, .repeat(times: times ?? 1, layers: inner))
  }
}
