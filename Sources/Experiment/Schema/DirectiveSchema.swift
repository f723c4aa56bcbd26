/// What directives, their options and the front matter may say, found out from their readers.
public struct DirectiveSchema: Sendable {
  /// The bodies by kind, in the order of the kinds.
  public let bodies: [(kind: DirectiveKind, body: SchemaNode)]
  /// The `#|` lines.
  public let options: SchemaNode
  /// The keys of the front matter that are nbrun's; other tools have others.
  public let frontMatter: [SchemaNode.Property]
  /// What the others refer to.
  public let definitions: [(name: String, node: SchemaNode)]

  /// Explores all readers.
  public init() {
    var explorer = SchemaExplorer { _, _ in }
    var bodies: [(kind: DirectiveKind, body: SchemaNode)] = []
    for kind in DirectiveKind.classes {
      explorer.turn { Self.read(body: $0, kind: kind, $1) }
      bodies.append((kind, explorer.explore(Self.frames(kind))))
    }
    explorer.turn(to: Self.read(options:_:))
    self.bodies = bodies.map { ($0.kind, $0.body.sweepable(explorer.definitions)) }
    options = explorer.explore([{ node, _ in node }])
    explorer.turn(to: Self.read(frontMatter:_:))
    var front: [SchemaNode.Property] = []
    for key in ["title", "lang", "params", "nbrun"] {
      let value = explorer.explore([{ node, probe in probe.mapping([(key, node)]) }])
      front.append(.init(key: key, value: Self.completed(value, key)))
    }
    frontMatter = front
    definitions = explorer.definitions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Layers take what they don't state from the model's input, so there has to be one, too.
  private static func frames(_ kind: DirectiveKind) -> [SchemaExplorer.Frame] {
    let alone: SchemaExplorer.Frame = { node, _ in node }
    guard kind == .model else { return [alone] }
    return [
      alone,
      { node, probe in
        guard case .mapping(var entries) = node.content,
          entries.contains(where: { $0.name == "layers" }),
          !entries.contains(where: { $0.name == "input" })
        else { return node }
        let size = probe.scalar(.integer(8), "8")
        let input = probe.mapping([("tokens", size), ("context_length", size)])
        entries.append(
          YAMLNode.Entry(name: "input", nameRange: probe.place(), value: input))
        return YAMLNode(content: .mapping(entries), range: node.range)
      },
    ]
  }

  /// Texts are taken without asking, and so are the values of parameters, whose type is one of
  /// several.
  private static func completed(_ value: SchemaNode, _ key: String) -> SchemaNode {
    guard case .map(.object(var declared)) = value, key == "params" else {
      return value == .any ? .text : value
    }
    for index in declared.properties.indices {
      switch declared.properties[index].value {
      case .any: declared.properties[index].value = .text
      case .list(.any): declared.properties[index].value = .list(.text)
      default: break
      }
    }
    return .map(.anyOf([.object(declared), .text]))
  }

  private static func reader(at node: YAMLNode, _ trace: ReaderTrace) -> BodyReader {
    let reader = BodyReader(
      place: node.range, settings: Settings(), project: MemoryFiles([:]))
    reader.trace = trace
    return reader
  }

  private static func read(body: YAMLNode, kind: DirectiveKind, _ trace: ReaderTrace) {
    _ = reader(at: body, trace).body(body, kind: kind)
  }

  private static func read(options: YAMLNode, _ trace: ReaderTrace) {
    _ = reader(at: options, trace).options(options, attributes: [])
  }

  private static func read(frontMatter: YAMLNode, _ trace: ReaderTrace) {
    let reader = reader(at: frontMatter, trace)
    _ = reader.frontMatter(frontMatter, overrides: [])
    _ = reader.settings(frontMatter)
  }
}
