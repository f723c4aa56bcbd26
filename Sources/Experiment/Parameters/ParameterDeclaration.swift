/// A parameter that the front matter declares, and the value it has in this run.
public struct ParameterDeclaration: Hashable, Sendable {
  /// The name in `${name}`.
  public var name: String
  /// The type of its values.
  public var type: ParameterType
  /// The value in this run: an override, or the declared default.
  public var value: ParameterValue
  /// The declared default; nil where each run has to give a value.
  public var defaultValue: ParameterValue?
  /// The least value allowed.
  public var minimum: ParameterValue?
  /// The greatest value allowed.
  public var maximum: ParameterValue?
  /// The values allowed; empty where any is.
  public var choices: [ParameterValue]
  /// What it is for, in the author's words.
  public var summary: String?

  /// Whether this run's value came from outside the notebook.
  public var isOverridden: Bool { value != defaultValue }
}

/// A parameter's value from outside the notebook.
public struct ParameterOverride: Hashable, Sendable {
  /// The parameter's name.
  public var name: String
  /// The value as written; the declaration says what type it is read as.
  public var text: String
  /// Where it was written, for messages: `-P lr=0.1`, `params.yaml:3`.
  public var origin: String

  /// Creates an override.
  public init(name: String, text: String, origin: String) {
    self.name = name
    self.text = text
    self.origin = origin
  }

  /// Reads `name=value`, split at the first `=`; nil without one or without a name.
  public init?(argument: String) {
    guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
      return nil
    }
    name = String(argument[..<equals])
    text = String(argument[argument.index(after: equals)...])
    origin = "-P \(argument)"
  }
}
