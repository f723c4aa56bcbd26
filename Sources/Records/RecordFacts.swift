/// What a record tells in single values: all that a comparison needs of most cells, without series,
/// tables and what was drawn from them.
public struct RecordFacts: Sendable, Equatable {
  /// What kind of directive it came from.
  public var kind: CellKind
  /// How the run ended.
  public var status: Record.Status
  /// The input key.
  public var key: String
  /// What the numbers depend on besides the inputs.
  public var environment: EnvironmentRecord?
  /// Every single value, as ``Record/values`` has them.
  public var values: [Value]

  /// A value and its dotted name.
  public struct Value: Sendable, Equatable {
    /// The name.
    public var name: String
    /// The value.
    public var value: RecordedValue

    /// Names a value.
    public init(name: String, value: RecordedValue) {
      self.name = name
      self.value = value
    }
  }

  /// Gathers facts.
  public init(
    kind: CellKind, status: Record.Status, key: String, environment: EnvironmentRecord?,
    values: [Value]
  ) {
    self.kind = kind
    self.status = status
    self.key = key
    self.environment = environment
    self.values = values
  }

  /// The facts of a record.
  public init(_ record: Record) {
    self.init(
      kind: record.kind, status: record.status, key: record.key, environment: record.environment,
      values: record.values.map { Value(name: $0.name, value: $0.value) })
  }
}
