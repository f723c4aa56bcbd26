import Diagnostics

/// Values that are made up to see what readers make of them; each has a place of its own.
struct Probe {
  private var next = 1

  /// A place that no other value has.
  mutating func place() -> ByteRange {
    next += 1
    return next..<(next + 1)
  }

  mutating func scalar(_ value: ScalarValue, _ text: String) -> YAMLNode {
    YAMLNode(content: .scalar(YAMLScalar(value: value, text: text)), range: place())
  }

  mutating func word(_ text: String) -> YAMLNode { scalar(.text(text), text) }

  mutating func mapping(_ entries: [(name: String, value: YAMLNode)]) -> YAMLNode {
    let entries = entries.map { entry in
      YAMLNode.Entry(name: entry.name, nameRange: place(), value: entry.value)
    }
    return YAMLNode(content: .mapping(entries), range: place())
  }

  mutating func list(_ items: [YAMLNode]) -> YAMLNode {
    YAMLNode(content: .sequence(items), range: place())
  }

  /// One value of each form: readers look at the form first.
  mutating func forms() -> [YAMLNode] {
    [
      word("x"), scalar(.integer(1), "1"), scalar(.number(0.5), "0.5"), scalar(.flag(true), "true"),
      mapping([]), list([word("x")]),
    ]
  }
}
