public import Experiment

extension DirectiveSchema {
  /// The JSON schema (draft 2020-12) of all bodies, or of one kind's.
  ///
  /// Under `$defs` are the bodies by kind, the `#|` options and the front matter. Wherever a scalar
  /// may stand, a parameter `${name}` may stand too.
  public func json(of kind: DirectiveKind? = nil) -> JSONValue {
    let root: (String, JSONValue) =
      kind.map { ("$ref", .string("#/$defs/\($0.rawValue)")) }
      ?? ("anyOf", .array(bodies.map { Self.reference($0.kind.rawValue) }))
    let own: [(String, JSONValue)] =
      bodies.map { ($0.kind.rawValue, $0.body.json) }
      + [
        ("options", options.json), ("front-matter", frontMatterJSON),
        (
          "parameter",
          .object([("type", .string("string")), ("pattern", .string(Self.parameterPattern))])
        ),
      ]
    return .object([
      ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      ("title", .string(kind.map { "nbrun \($0.rawValue) directive" } ?? "nbrun directives")),
      root, ("$defs", .object(own + definitions.map { ("value-" + $0.name, $0.node.json) })),
    ])
  }

  private static let parameterPattern = "^\\$\\{[A-Za-z_][A-Za-z0-9_-]*\\}$"

  private var frontMatterJSON: JSONValue {
    .object([
      ("type", .string("object")),
      ("properties", .object(frontMatter.map { ($0.key, $0.value.json) })),
    ])
  }

  fileprivate static func reference(_ name: String) -> JSONValue {
    .object([("$ref", .string("#/$defs/\(name)"))])
  }
}

extension SchemaNode {
  /// The node as a JSON schema.
  fileprivate var json: JSONValue {
    switch self {
    case .any: .object([])
    case .text: .object([("type", .strings(["string", "number", "boolean"]))])
    case .integer(let range):
      Self.scalar([
        ("type", .string("integer")), ("minimum", .int(range.lowerBound)),
        ("maximum", .int(range.upperBound)),
      ])
    case .number(let limits): Self.scalar([("type", .string("number"))] + limits.members)
    case .flag: Self.scalar([("type", .string("boolean"))])
    case .size:
      .object([
        (
          "anyOf",
          .array([
            .object([("type", .string("integer")), ("minimum", .int(1))]),
            .object([("type", .string("string"))]),
          ])
        )
      ])
    case .words(let words): Self.scalar([("enum", .array(words.map(Self.word)))])
    case .name(let words, let pattern):
      .object([
        (
          "anyOf",
          .array([
            .object([("enum", .strings(words))]),
            .object([("type", .string("string")), ("pattern", .string(pattern))]),
            DirectiveSchema.reference("parameter"),
          ])
        )
      ])
    case .list(let item):
      .object([("type", .string("array")), ("minItems", .int(1)), ("items", item.json)])
    case .map(let value):
      .object([("type", .string("object")), ("additionalProperties", value.json)])
    case .object(let object): object.json
    case .anyOf(let nodes): .object([("anyOf", .array(nodes.map(\.json)))])
    case .reference(let name): DirectiveSchema.reference("value-\(name)")
    }
  }

  /// A scalar, or a parameter in its place.
  private static func scalar(_ members: [(String, JSONValue)]) -> JSONValue {
    .object([("anyOf", .array([.object(members), DirectiveSchema.reference("parameter")]))])
  }

  /// A word that looks like a number is one in YAML.
  private static func word(_ word: String) -> JSONValue {
    Int(word).map { .int($0) } ?? .string(word)
  }
}

extension SchemaNode.Limits {
  fileprivate var members: [(String, JSONValue)] {
    var members: [(String, JSONValue)] = []
    if let least {
      members.append((excludesLeast ? "exclusiveMinimum" : "minimum", .double(least)))
    }
    if let greatest {
      members.append((excludesGreatest ? "exclusiveMaximum" : "maximum", .double(greatest)))
    }
    return members
  }
}

extension SchemaNode.Object {
  fileprivate var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("title", .string(title)), ("type", .string("object")),
      ("properties", .object(properties.map { ($0.key, $0.value.json) })),
      ("additionalProperties", .bool(false)),
    ]
    if let count {
      members += [
        ("minProperties", .int(count.lowerBound)), ("maxProperties", .int(count.upperBound)),
      ]
    }
    if supplier == nil, !required.isEmpty { members.append(("required", .strings(required))) }
    let choices = (supplier == nil ? [] : required.map { [$0] }) + requiredOneOf.prefix(1)
    let conditions =
      choices.map { .object([("anyOf", .array(presence(of: $0)))]) } + supplied.map(completeness)
    if !conditions.isEmpty { members.append(("allOf", .array(conditions))) }
    return .object(members)
  }

  /// A value lacks nothing unless the supplier has it; said so, what is lacking is told at the value.
  private func completeness(of supplied: SchemaNode.Supplied) -> JSONValue {
    let whole = JSONValue.object([(supplied.key, supplied.whole.json)])
    return .object([
      ("if", .object([("anyOf", .array(supplied.paths.compactMap(presenceInSupplier)))])),
      ("else", .object([("properties", whole)])),
    ])
  }

  /// The ways in which one of some keys is there.
  private func presence(of keys: [String]) -> [JSONValue] {
    let here: [JSONValue] = keys.map { .object([("required", .strings([$0]))]) }
    return here + keys.compactMap(presenceInSupplier)
  }

  private func presenceInSupplier(of key: String) -> JSONValue? {
    guard let supplier else { return nil }
    let inner = JSONValue.object([("required", .strings([key]))])
    return .object([
      ("required", .strings([supplier])), ("properties", .object([(supplier, inner)])),
    ])
  }
}
