/// A parameter's value, of its declared type.
public enum ParameterValue: Hashable, Sendable {
  /// A whole number.
  case int(Int)
  /// A finite number.
  case float(Double)
  /// True or false.
  case bool(Bool)
  /// Any text.
  case string(String)

  /// The type that the value has.
  public var type: ParameterType {
    switch self {
    case .int: .int
    case .float: .float
    case .bool: .bool
    case .string: .string
    }
  }
}

/// The types that `params` can declare.
public enum ParameterType: String, Hashable, Sendable, CaseIterable {
  case int, float, bool, string
}

extension ParameterValue: CustomStringConvertible {
  /// The value as text that is put inside a longer one; numbers are the shortest that read back.
  public var description: String {
    switch self {
    case .int(let value): "\(value)"
    case .float(let value): "\(value)"
    case .bool(let value): "\(value)"
    case .string(let value): value
    }
  }
}

extension ParameterValue {
  /// The value as a scalar of a body.
  var scalar: ScalarValue {
    switch self {
    case .int(let value): .integer(value)
    case .float(let value): .number(value)
    case .bool(let value): .flag(value)
    case .string(let value): .text(value)
    }
  }

  /// The scalar as this type; nil where it is of another one.
  ///
  /// An integer may stand for a float.
  init?(_ scalar: YAMLScalar, as type: ParameterType) {
    switch (type, scalar.value) {
    case (.int, .integer(let value)): self = .int(value)
    case (.float, .number(let value)) where value.isFinite: self = .float(value)
    case (.float, .integer(let value)): self = .float(Double(value))
    case (.bool, .flag(let value)): self = .bool(value)
    case (.string, .text(let value)): self = .string(value)
    default: return nil
    }
  }

  /// The value that text given on the command line has as this type.
  init?(argument text: String, as type: ParameterType) {
    if type == .string {
      self = .string(text)
    } else {
      let scalar = YAMLScalar(value: ScalarValue(plain: text), text: text)
      self.init(scalar, as: type)
    }
  }

  /// Whether the value is less than the other, where both are numbers.
  func isLess(than other: ParameterValue) -> Bool {
    switch (self, other) {
    case (.int(let left), .int(let right)): left < right
    case (.float(let left), .float(let right)): left < right
    default: false
    }
  }
}
