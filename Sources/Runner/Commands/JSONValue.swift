/// A JSON document whose members keep the order in which they are written.
public indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object([(String, JSONValue)])

  /// A text, or `null`.
  static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
  /// A whole number, or `null`.
  static func optional(_ number: Int?) -> JSONValue { number.map { .int($0) } ?? .null }
  /// An array of texts.
  static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
  /// An object of texts.
  static func texts(_ texts: [(name: String, value: String)]) -> JSONValue {
    .object(texts.map { ($0.name, .string($0.value)) })
  }

  /// The document as text with a final line ending; arrays of plain values stay on one line.
  public var text: String { rendered(indent: "") + "\n" }

  /// The document on one line, without an ending.
  public var line: String {
    switch self {
    case .array(let items): "[\(items.map(\.line).joined(separator: ", "))]"
    case .object(let members):
      "{\(members.map { "\(Self.quoted($0)): \($1.line)" }.joined(separator: ", "))}"
    default: rendered(indent: "")
    }
  }

  private func rendered(indent: String) -> String {
    switch self {
    case .null: return "null"
    case .bool(let value): return "\(value)"
    case .int(let value): return "\(value)"
    case .double(let value): return Self.number(value)
    case .string(let value): return Self.quoted(value)
    case .array(let items):
      let inner = indent + "  "
      let isFlat = items.allSatisfy(\.isFlat)
      let texts = items.map { $0.rendered(indent: inner) }
      if isFlat { return "[\(texts.joined(separator: ", "))]" }
      return "[\n\(texts.map { inner + $0 }.joined(separator: ",\n"))\n\(indent)]"
    case .object(let members):
      guard !members.isEmpty else { return "{}" }
      let inner = indent + "  "
      let texts = members.map { name, value in
        "\(inner)\(Self.quoted(name)): \(value.rendered(indent: inner))"
      }
      return "{\n\(texts.joined(separator: ",\n"))\n\(indent)}"
    }
  }

  /// Whether it fits on a line with others: a point of a series does.
  private var isFlat: Bool {
    switch self {
    case .object: false
    case .array(let items): items.count <= 2 && items.allSatisfy(\.isScalar)
    default: true
    }
  }

  private var isScalar: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  /// The shortest text that reads back as the same number; JSON lacks NaN and infinities, so they
  /// are strings, as in the store.
  private static func number(_ value: Double) -> String {
    if value.isNaN { return "\"nan\"" }
    if value.isInfinite { return value < 0 ? "\"-inf\"" : "\"inf\"" }
    return "\(value)"
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{0}"..."\u{1F}", "\u{7F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
