public import Records

/// What a diff knows of a cell on one side, from the store or read back from a file.
public struct CellSnapshot: Sendable {
  /// The cell's identifier.
  public var id: String
  /// Its input key, whole or its first digits; nil where unknown.
  public var key: String?
  /// `ok` or `failed`; nil where unknown.
  public var status: String?
  /// What its key is made of.
  public var inputs: [(name: String, value: String)]
  /// What its numbers depend on besides; a difference here is told, and is none by itself.
  public var environment: [(name: String, value: String)]
  /// Its recorded values.
  public var values: [(name: String, value: RecordedValue)]

  /// Creates a snapshot.
  public init(
    id: String, key: String? = nil, status: String? = nil,
    inputs: [(name: String, value: String)] = [],
    environment: [(name: String, value: String)] = [],
    values: [(name: String, value: RecordedValue)]
  ) {
    self.id = id
    self.key = key
    self.status = status
    self.inputs = inputs
    self.environment = environment
    self.values = values
  }

  /// Takes a stored record and what its key is made of.
  public init(_ record: Record, inputs: [(name: String, value: String)] = []) {
    self.init(id: record.id, RecordFacts(record), inputs: inputs)
  }

  /// Takes what a stored record says and what its key is made of.
  public init(id: String, _ facts: RecordFacts, inputs: [(name: String, value: String)] = []) {
    let environment = facts.environment.map { environment in
      [
        (name: "numerics", value: environment.numerics),
        (name: "kernels", value: environment.kernels),
        (name: "threads", value: "\(environment.threads)"),
        (name: "engine", value: environment.engine),
      ]
    }
    self.init(
      id: id, key: facts.key, status: facts.status.rawValue, inputs: inputs,
      environment: environment ?? [], values: facts.values.map { ($0.name, $0.value) })
  }
}
