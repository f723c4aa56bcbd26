/// What became of a cell in a run.
public struct RunOutcome: Sendable, Equatable {
  /// The cell.
  public var cell: String
  /// Whether a result that was stored before served.
  public var isReused: Bool
  /// The stored outcome.
  public var outcome: StoredOutcome
}
