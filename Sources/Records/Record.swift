/// What a cell's run left behind: the unit that is stored, shown, compared and written back.
///
/// Sizes are bytes, times are seconds. A record is self-contained: it names inputs by key and
/// digest, never by file or notebook, so it can travel between machines as JSON.
public struct Record: Codable, Sendable, Equatable {
  /// The cell's identifier; a sweep's point carries its coordinates (`id[batch=2]`).
  public var id: String
  /// What kind of directive it came from.
  public var kind: CellKind
  /// How the run ended.
  public var status: Status
  /// The input key: 64 hexadecimal digits.
  public var key: String
  /// Series of measured quantities by name (`loss`, `validation.loss`).
  public var metrics: [String: MetricSeries] = [:]
  /// Memory of a training run, planned and measured.
  public var memory: MemoryRecord?
  /// How much work was done twice to save memory.
  public var recompute: RecomputeRecord?
  /// The costs that its plan was made with; nil where they are the same on every machine.
  public var costs: CostRecord?
  /// Where the time went.
  public var timing: TimingRecord?
  /// Digests of results by name (`losses`, `weights`).
  public var digest: [String: String] = [:]
  /// What the numbers depend on besides the inputs.
  public var environment: EnvironmentRecord?
  /// What the kind of cell shows beyond the quantities above.
  public var output: CellOutput
  /// The fault of a failed cell.
  public var failure: FailureRecord?

  /// Creates a record without measurements.
  public init(id: String, kind: CellKind, status: Status, key: String, output: CellOutput) {
    self.id = id
    self.kind = kind
    self.status = status
    self.key = key
    self.output = output
  }

  /// How a cell ended.
  public enum Status: String, Codable, Sendable {
    case ok
    case failed
  }
}

/// The kinds of directive that exist.
public enum CellKind: String, Codable, Sendable, CaseIterable {
  case data, model, plan, train, eval, generate, compare, expect, query, plot, sweep
}

/// The fault of a failed cell, without paths of the machine it ran on.
public struct FailureRecord: Codable, Sendable, Equatable {
  /// A stable name such as `memory-limit`.
  public var code: String
  /// What went wrong, one sentence.
  public var message: String
  /// Facts and remedies, a line each.
  public var notes: [String]

  /// Creates a failure.
  public init(code: String, message: String, notes: [String] = []) {
    self.code = code
    self.message = message
    self.notes = notes
  }
}
