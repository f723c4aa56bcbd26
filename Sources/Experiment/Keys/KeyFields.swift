import Digests

/// A named part of what a cell's result depends on.
public struct KeyPart: Hashable, Sendable {
  /// What it is: `optimizer.lr`, `model`, `file notebooks/a.md`.
  public var name: String
  /// Its value as text; a digest for other cells and for files.
  public var value: String

  /// Creates a part.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// Collects the parts of a key: typed values, so that comments, formatting, the order of keys and
/// defaults written out make no difference.
struct KeyFields {
  private(set) var parts: [KeyPart] = []
  private var prefix = ""

  mutating func add(_ name: String, _ value: String) {
    parts.append(KeyPart(name: prefix + name, value: value))
  }

  mutating func add(_ name: String, _ value: Int) { add(name, "\(value)") }
  mutating func add(_ name: String, _ value: Bool) { add(name, "\(value)") }
  // The shortest decimal text that reads back as the same number.
  mutating func add(_ name: String, _ value: Double) { add(name, "\(value)") }
  mutating func add(_ name: String, _ value: Float) { add(name, "\(value)") }

  mutating func add(_ name: String, _ value: Int?) {
    if let value { add(name, value) }
  }

  mutating func add(_ name: String, _ value: Float?) {
    if let value { add(name, value) }
  }

  /// Adds a list: its length, then its items under their positions.
  mutating func add<Item>(
    _ name: String, _ items: [Item], _ body: (inout KeyFields, String, Item) -> Void
  ) {
    add("\(name).count", items.count)
    for (index, item) in items.enumerated() { body(&self, "\(name).\(index)", item) }
  }

  mutating func add(_ name: String, _ items: [String]) {
    add(name, items) { $0.add($1, $2) }
  }

  /// Adds parts under a common name.
  mutating func group(_ name: String, _ body: (inout KeyFields) -> Void) {
    let outer = prefix
    prefix += name + "."
    body(&self)
    prefix = outer
  }

  /// The digest of all parts, in the order of their names.
  var digest: Digest {
    var builder = DigestBuilder()
    builder.append(field: "nbrun input key 1")
    for part in parts.sorted(by: { $0.name < $1.name }) {
      builder.append(field: part.name)
      builder.append(field: part.value)
    }
    return builder.finalize()
  }
}
