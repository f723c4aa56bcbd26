public import Records

/// A stored outcome as a comparison sees it: what it says in single values.
public struct StoredOutcome: Sendable, Equatable {
  /// Identifies it in its store; later outcomes have larger ones.
  public var identifier: StoredEntry.Identifier
  /// What it says.
  public var facts: RecordFacts
}
