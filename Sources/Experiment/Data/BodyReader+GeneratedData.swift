import Diagnostics

extension BodyReader {
  func blobs(_ node: YAMLNode) -> DataSpec? {
    guard
      let keys = mapping(
        node, "blobs", keys: ["classes", "features", "examples", "seed", "split"])
    else { return nil }
    let classes = keys.integer("classes", 2...65_536)
    let features = keys.integer("features", 1...65_536)
    let examples = keys.integer("examples", BodyLimits.sizes)
    let split = split(keys, shuffles: false)
    let seed = seed(keys)
    guard let classes, let features, let examples,
      checkSize(examples, each: features, "features", keys),
      checkSize(classes, "classes", each: features, "features", keys)
    else { return nil }
    return DataSpec(
      source: .blobs(classes: classes, features: features, examples: examples, seed: seed),
      split: split)
  }

  func spirals(_ node: YAMLNode) -> DataSpec? {
    guard
      let keys = mapping(node, "spirals", keys: ["classes", "examples", "noise", "seed", "split"])
    else { return nil }
    let classes = keys.integer("classes", 2...65_536, default: 2)
    let examples = keys.integer("examples", BodyLimits.sizes)
    let noise = keys.number("noise", .notNegative, default: 0.1)
    let split = split(keys, shuffles: false)
    let seed = seed(keys)
    guard let classes, let examples, let noise else { return nil }
    return DataSpec(
      source: .spirals(classes: classes, examples: examples, noise: noise, seed: seed),
      split: split)
  }

  func digits(_ node: YAMLNode) -> DataSpec? {
    guard
      let keys = mapping(
        node, "digits", keys: ["examples", "size", "noise", "shift", "seed", "split"])
    else { return nil }
    let examples = keys.integer("examples", BodyLimits.sizes)
    let size = keys.integer("size", 9...256, default: 28)
    let noise = keys.number("noise", .notNegative, default: 0.1)
    let shift = keys.integer("shift", 0...256, default: 2)
    let split = split(keys, shuffles: false)
    let seed = seed(keys)
    guard let examples, let size, let noise, let shift,
      checkSize(examples, each: size * size, "pixels", keys)
    else { return nil }
    let digits = DigitsSpec(
      size: size, examples: examples, noise: noise, shift: shift, seed: seed)
    return DataSpec(source: .digits(digits), split: split)
  }

  func copyTask(_ node: YAMLNode) -> DataSpec? {
    guard
      let keys = mapping(
        node, "copy", keys: ["length", "vocab_size", "examples", "seed", "split"])
    else { return nil }
    let length = keys.integer("length", 1...65_536)
    let vocabulary = keys.integer("vocab_size", 2...BodyLimits.sizes.upperBound, default: 11)
    let examples = keys.integer("examples", BodyLimits.sizes)
    let split = split(keys, shuffles: false)
    let seed = seed(keys)
    guard let length, let vocabulary, let examples,
      checkSize(examples, each: 2 * length + 1, "tokens", keys)
    else { return nil }
    return DataSpec(
      source: .copy(
        length: length, vocabularySize: vocabulary, examples: examples, seed: seed), split: split)
  }

  func addition(_ node: YAMLNode) -> DataSpec? {
    guard
      let keys = mapping(
        node, "addition", keys: ["digits", "reverse", "examples", "seed", "split"])
    else { return nil }
    let digits = keys.integer("digits", 1...15)
    let examples = keys.integer("examples", BodyLimits.sizes)
    let isReversed = keys.flag("reverse", default: false)
    let split = split(keys, shuffles: false)
    let seed = seed(keys)
    guard let digits, let examples, checkSize(examples, each: 3 * digits + 3, "tokens", keys)
    else { return nil }
    return DataSpec(
      source: .addition(
        digits: digits, isReversed: isReversed, examples: examples, seed: seed), split: split)
  }

  /// Whether generated examples, or the centres of their classes, fit memory.
  private func checkSize(
    _ count: Int, _ key: String = "examples", each: Int, _ unit: String, _ keys: KeyedValues
  ) -> Bool {
    let largest = BodyLimits.sizes.upperBound / each
    guard count > largest, let node = keys[key] else { return true }
    let most = "at most \(largest) with \(each) \(unit)"
    note(.tooLarge(what: key, found: "\(count)", greatest: most), at: node.range)
    return false
  }
}
