import Diagnostics

extension BodyReader {
  private static let sources = ["tokens", "blobs", "spirals"]
  private static let laterSources = ["images", "table", "npy", "idx", "safetensors", "digits"]

  /// A data directive.
  func data(_ node: YAMLNode) -> DataSpec? {
    guard
      let keys = mapping(
        node, DirectiveKind.data.owner, keys: Self.sources, later: Self.laterSources, place: place)
    else { return nil }
    let found = Self.sources.filter { keys[$0] != nil }
    guard let source = found.first, let node = keys[source] else {
      if !faults.contains(where: { $0.fault.code == "not-available" }) {
        note(.missingOneOf(Self.sources, owner: keys.owner), at: place)
      }
      return nil
    }
    guard found.count == 1 else {
      note(.conflictingKeys(found, owner: keys.owner), at: keys.keyRange(found[1]))
      return nil
    }
    switch source {
    case "tokens": return tokens(node)
    case "blobs": return blobs(node)
    default: return spirals(node)
    }
  }

  private func tokens(_ node: YAMLNode) -> DataSpec? {
    guard
      let keys = mapping(node, "tokens", keys: ["random", "files", "tokenizer", "split"])
    else { return nil }
    let fraction = validationFraction(keys)
    switch (keys["random"], keys["files"]) {
    case (let random?, nil):
      if keys["tokenizer"] != nil {
        note(
          .conflictingKeys(["random", "tokenizer"], owner: keys.owner),
          at: keys.keyRange("tokenizer"))
      }
      return randomTokens(random).map { DataSpec(source: $0, validationFraction: fraction) }
    case (nil, let patterns?):
      tokenizer(keys)
      let source = DataSpec.Source.textFiles(files(patterns, "files"))
      return DataSpec(source: source, validationFraction: fraction)
    case (.some, .some):
      note(.conflictingKeys(["random", "files"], owner: keys.owner), at: keys.keyRange("files"))
    case (nil, nil):
      note(.missingOneOf(["random", "files"], owner: keys.owner), at: node.range)
    }
    return nil
  }

  private func tokenizer(_ keys: KeyedValues) {
    guard let node = keys.required("tokenizer") else { return }
    if case .mapping(let entries) = node.content, entries.first?.name == "bpe" {
      note(.notAvailable(what: "tokenizer 'bpe'", instead: ["bytes"]), at: node.range)
    } else {
      _ = word(node, "tokenizer", among: ["bytes"], later: ["bpe"])
    }
  }

  private func randomTokens(_ node: YAMLNode) -> DataSpec.Source? {
    guard let keys = mapping(node, "random tokens", keys: ["vocab_size", "length", "seed"]) else {
      return nil
    }
    let vocabulary = keys.integer("vocab_size", BodyLimits.sizes)
    let length = keys.integer("length", BodyLimits.sizes)
    let seed = seed(keys)
    guard let vocabulary, let length else { return nil }
    return .randomTokens(vocabularySize: vocabulary, length: length, seed: seed)
  }

  private func blobs(_ node: YAMLNode) -> DataSpec? {
    guard
      let keys = mapping(
        node, "blobs", keys: ["classes", "features", "examples", "seed", "split"])
    else { return nil }
    let classes = keys.integer("classes", 2...65_536)
    let features = keys.integer("features", 1...65_536)
    let examples = keys.integer("examples", BodyLimits.sizes)
    let fraction = validationFraction(keys)
    let seed = seed(keys)
    guard let classes, let features, let examples else { return nil }
    let largest = BodyLimits.sizes.upperBound / features
    guard examples <= largest else {
      let most = "at most \(largest) with \(features) features"
      let node = keys["examples"] ?? node
      note(.tooLarge(what: "examples", found: "\(examples)", greatest: most), at: node.range)
      return nil
    }
    return DataSpec(
      source: .blobs(classes: classes, features: features, examples: examples, seed: seed),
      validationFraction: fraction)
  }

  private func spirals(_ node: YAMLNode) -> DataSpec? {
    guard
      let keys = mapping(node, "spirals", keys: ["classes", "examples", "noise", "seed", "split"])
    else { return nil }
    let classes = keys.integer("classes", 2...65_536, default: 2)
    let examples = keys.integer("examples", BodyLimits.sizes)
    let noise = keys.number("noise", .notNegative, default: 0.1)
    let fraction = validationFraction(keys)
    let seed = seed(keys)
    guard let classes, let examples, let noise else { return nil }
    return DataSpec(
      source: .spirals(classes: classes, examples: examples, noise: noise, seed: seed),
      validationFraction: fraction)
  }

  /// `split: {validation: 0.1}`; nothing is held out without it.
  private func validationFraction(_ keys: KeyedValues) -> Double {
    guard let node = keys["split"], let split = mapping(node, "split", keys: ["validation"]) else {
      return 0
    }
    return split.number("validation", .properFraction) ?? 0
  }

  /// The cell's own seed, or else the notebook's.
  func seed(_ keys: KeyedValues) -> Int {
    keys.integer("seed", BodyLimits.seeds, default: settings.seed) ?? settings.seed
  }
}
