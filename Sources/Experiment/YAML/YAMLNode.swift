import Diagnostics

/// A YAML value with its place in the notebook.
struct YAMLNode {
  /// What the value is.
  var content: Content
  /// The bytes of the source that it begins with: all of a scalar, the first one of a collection.
  var range: ByteRange

  indirect enum Content {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    case mapping([Entry])
  }

  struct Entry {
    var name: String
    var nameRange: ByteRange
    var value: YAMLNode
  }
}

/// A scalar, resolved by the core schema of YAML 1.2, or a parameter's value.
struct YAMLScalar {
  var value: ScalarValue
  /// The text as written, parameters inserted.
  var text: String
  /// The parameter that the whole scalar consists of.
  var parameter: String?
}

/// The types that a scalar can have.
enum ScalarValue: Equatable {
  case null
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  /// Already reported as faulty: readers say nothing more about it.
  case faulty
}

extension YAMLNode {
  /// The scalar's value; nil for lists and mappings.
  var scalar: YAMLScalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }

  /// Whether it is a mapping.
  var isMapping: Bool {
    if case .mapping = content { true } else { false }
  }

  /// Whether nothing is written here.
  var isNull: Bool { scalar?.value == .null }

  /// What was found, for a message: `a list`, `text 'abc'`, `-4`.
  var found: String {
    switch content {
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .scalar(let scalar): scalar.found
    }
  }
}

extension YAMLScalar {
  /// What was found, for a message.
  var found: String {
    let origin = parameter.map { " from '${\($0)}'" } ?? ""
    return switch value {
    case .null: "nothing"
    case .text(let text): "text '\(abbreviated(text))'" + origin
    case .flag, .integer, .number, .faulty: abbreviated(text) + origin
    }
  }
}

/// The text, cut so that a message stays one line.
func abbreviated(_ text: String, limit: Int = 40) -> String {
  let line = text.split(separator: "\n", omittingEmptySubsequences: false).first.map(String.init)
  let first = line ?? ""
  return first.count > limit || first.count < text.count ? first.prefix(limit) + "…" : first
}
