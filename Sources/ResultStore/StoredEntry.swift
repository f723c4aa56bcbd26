public import FoundationEssentials
public import Records

/// A stored outcome as housekeeping sees it: what it is, not what it says.
public struct StoredEntry: Sendable, Equatable {
  /// Identifies it in its store.
  public typealias Identifier = Int64

  /// The identifier; later outcomes have larger ones.
  public var identifier: Identifier
  /// The kind of cell; nil for one that this version does not know.
  public var kind: CellKind?
  /// The key.
  public var key: String
  /// The numeric environment; empty where no number depends on it.
  public var environment: String
  /// Whether the cell failed.
  public var isFailure: Bool
  /// When it was stored.
  public var created: Date
  /// How much it takes, in bytes, indexes aside.
  public var bytes: Int
  /// Whether a later outcome of the same key and environment takes its place in every look-up.
  public var isSuperseded: Bool
  /// The notebook that last had it, by its path from the project's folder.
  public var notebook: String?
  /// The cell in it.
  public var cell: String?
}
