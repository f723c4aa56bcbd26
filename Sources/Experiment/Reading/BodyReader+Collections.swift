import Diagnostics

extension BodyReader {
  /// The items of a list that is not empty.
  func items(_ node: YAMLNode, _ what: String, expected: String = "a list") -> [YAMLNode]? {
    trace?.note(.list, at: node.range)
    guard case .sequence(let items) = node.content else {
      wrongType(node, what, expected: expected)
      return nil
    }
    if items.isEmpty { note(.emptyList(what: what), at: node.range) }
    return items
  }

  /// Texts, each once; a single text stands for a list of it.
  func texts(_ node: YAMLNode, _ what: String) -> [(text: String, range: ByteRange)] {
    let nodes = node.scalar == nil ? items(node, what) ?? [] : [node]
    var texts: [(text: String, range: ByteRange)] = []
    for node in nodes {
      guard let text = text(node, what) else { continue }
      if texts.contains(where: { $0.text == text }) {
        note(.repeatedItem(text, what: what), at: node.range)
      } else {
        texts.append((text, node.range))
      }
    }
    return texts
  }

  /// A word, or a mapping of one word to its details: `adamw`, `{adamw: {lr: 1e-3}}`.
  func variant(_ node: YAMLNode, _ what: String, known: [String]) -> Variant? {
    trace?.note(.choice(what: what, names: known), at: node.range)
    let name: YAMLNode
    var details: YAMLNode?
    switch node.content {
    case .mapping(let entries) where entries.count == 1:
      let text = YAMLScalar(value: .text(entries[0].name), text: entries[0].name)
      name = YAMLNode(content: .scalar(text), range: entries[0].nameRange)
      details = entries[0].value
    case .mapping(let entries) where entries.count > 1:
      note(.notSeveral(what: what, found: entries.map(\.name)), at: entries[1].nameRange)
      return nil
    case .scalar(let scalar) where scalar.value != .null: name = node
    default:
      wrongType(node, what, expected: "one of \(known.joined(separator: ", "))")
      return nil
    }
    return word(name, what, among: known).map {
      Variant(name: $0, details: details, range: name.range)
    }
  }

  /// The identifier of a cell of one of these kinds, noted as a reference.
  func cell(_ node: YAMLNode, _ role: String, _ kinds: [DirectiveKind]) -> String? {
    guard let id = text(node, role) else { return nil }
    refer(to: CellReference(id: id, kinds: kinds, role: role, range: node.range))
    return id
  }
}

/// One choice of several, with or without details.
struct Variant {
  var name: String
  var details: YAMLNode?
  var range: ByteRange

  /// Whether something is written behind the name.
  var hasDetails: Bool { details.map { !$0.isNull } ?? false }
}
