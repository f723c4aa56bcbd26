import Diagnostics

/// A mapping's values by key, all keys known.
struct KeyedValues {
  let reader: BodyReader
  /// What the mapping is, with its article: `a train directive`.
  let owner: String
  /// Where a missing key is reported.
  let place: ByteRange
  private let entries: [String: YAMLNode.Entry]

  init(
    reader: BodyReader, owner: String, place: ByteRange, entries: [String: YAMLNode.Entry]
  ) {
    self.reader = reader
    self.owner = owner
    self.place = place
    self.entries = entries
  }

  /// The value of a key; a key without a value counts as absent.
  subscript(key: String) -> YAMLNode? {
    guard let value = entries[key]?.value, !value.isNull else { return nil }
    return value
  }

  /// Where a key is written; the mapping's place where it is not.
  func keyRange(_ key: String) -> ByteRange { entries[key]?.nameRange ?? place }

  /// The value of a key that has to be there.
  func required(_ key: String) -> YAMLNode? {
    if let value = self[key] { return value }
    reader.note(.missingKey(key, owner: owner), at: place)
    return nil
  }

  /// A whole number; without a default the key is required.
  func integer(_ key: String, _ range: ClosedRange<Int>, default fallback: Int? = nil) -> Int? {
    guard let node = value(key, default: fallback) else { return fallback }
    return reader.integer(node, key, range)
  }

  /// A finite number; without a default the key is required.
  func number(_ key: String, _ bounds: NumberBounds, default fallback: Double? = nil) -> Double? {
    guard let node = value(key, default: fallback) else { return fallback }
    return reader.number(node, key, bounds)
  }

  /// True or false.
  func flag(_ key: String, default fallback: Bool) -> Bool {
    self[key].flatMap { reader.flag($0, key) } ?? fallback
  }

  /// Text that has to be there.
  func text(_ key: String) -> String? {
    required(key).flatMap { reader.text($0, key) }
  }

  /// A cell of one of these kinds; the key has to be there.
  func cell(_ key: String, _ kinds: [DirectiveKind]) -> String? {
    required(key).flatMap { reader.cell($0, key, kinds) }
  }

  private func value<Value>(_ key: String, default fallback: Value?) -> YAMLNode? {
    fallback == nil ? required(key) : self[key]
  }
}

extension BodyReader {
  /// A mapping of known keys; nil where the node is anything else.
  ///
  /// - Parameters:
  ///   - owner: what the mapping is, with its article.
  ///   - known: the keys that make sense.
  ///   - place: where missing keys are reported; the node itself by default.
  func mapping(
    _ node: YAMLNode, _ owner: String, keys known: [String], place: ByteRange? = nil
  ) -> KeyedValues? {
    trace?.note(.object(owner: owner, keys: known), at: node.range)
    guard case .mapping(let entries) = node.content else {
      if node.scalar?.value != .faulty {
        note(.wrongType(what: owner, expected: "a mapping", found: node.found), at: node.range)
      }
      return nil
    }
    var found = Dictionary(entries.map { ($0.name, $0) }) { first, _ in first }
    for entry in entries where !known.contains(entry.name) {
      note(.unknownKey(entry.name, owner: owner, known: known), at: entry.nameRange)
      // A mistyped key stands for the one it suggests, which then is not missing as well.
      if let near = nearestWord(to: entry.name, in: known), found[near] == nil {
        found[near] = entry
      }
    }
    return KeyedValues(reader: self, owner: owner, place: place ?? node.range, entries: found)
  }
}
