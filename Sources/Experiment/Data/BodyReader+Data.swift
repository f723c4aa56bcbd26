import Diagnostics

extension BodyReader {
  static let dataSources = [
    "tokens", "images", "table", "npy", "idx", "safetensors", "blobs", "spirals", "digits", "copy",
    "addition",
  ]

  /// A data directive.
  func data(_ node: YAMLNode) -> DataSpec? {
    guard
      let keys = mapping(
        node, DirectiveKind.data.owner, keys: Self.dataSources, place: place)
    else { return nil }
    let found = Self.dataSources.filter { keys[$0] != nil }
    guard let source = found.first, let node = keys[source] else {
      note(.missingOneOf(Self.dataSources, owner: keys.owner), at: place)
      return nil
    }
    guard found.count == 1 else {
      let ranges = found.map(keys.keyRange).sorted { $0.lowerBound < $1.lowerBound }
      note(.conflictingKeys(found, owner: keys.owner), at: ranges[1])
      return nil
    }
    return data(node, source: source)
  }

  private func data(_ node: YAMLNode, source: String) -> DataSpec? {
    switch source {
    case "tokens": tokens(node)
    case "images": images(node)
    case "table": table(node)
    case "npy": arrays(node, format: .npy)
    case "idx": arrays(node, format: .idx)
    case "safetensors": arrays(node, format: .safetensors)
    case "blobs": blobs(node)
    case "spirals": spirals(node)
    case "digits": digits(node)
    case "copy": copyTask(node)
    default: addition(node)
    }
  }

  /// `split: {validation: 0.1, test: 0.1}`; nothing is held out without it.
  ///
  /// - Parameters:
  ///   - shuffles: whether examples are shuffled first unless the notebook says otherwise; nil
  ///     where order is meaning, as in a stream.
  ///   - hasTest: whether there is a test part of its own.
  func split(_ keys: KeyedValues, shuffles: Bool?, hasTest: Bool = false) -> DataSplit {
    var split = DataSplit(shuffleSeed: shuffles == true ? seed(keys) : nil)
    guard let node = keys["split"] else { return split }
    let known = ["validation", "test"] + (shuffles == nil ? [] : ["shuffle"])
    guard let parts = mapping(node, "split", keys: known) else { return split }
    if parts["validation"] != nil || (parts["test"] == nil && parts["shuffle"] == nil) {
      split.validation = parts.number("validation", .properFraction) ?? 0
    }
    if let test = parts["test"] {
      if hasTest {
        note(
          .conflictingKeys(["test", "split.test"], owner: keys.owner), at: parts.keyRange("test"))
      }
      split.test = number(test, "test", .properFraction) ?? 0
    }
    if split.validation + split.test >= 1 {
      note(
        .tooLarge(what: "split", found: "all of the data", greatest: "less than 1 in all"),
        at: node.range)
    }
    if shuffles != nil {
      split.shuffleSeed = parts.flag("shuffle", default: shuffles == true) ? seed(keys) : nil
    }
    return split
  }

  /// The cell's own seed, or else the notebook's.
  func seed(_ keys: KeyedValues) -> Int {
    keys.integer("seed", BodyLimits.seeds, default: settings.seed) ?? settings.seed
  }
}
