public import FoundationEssentials
public import Records

/// An execution of a notebook: when, by which command, of what text, on which machine.
public struct Run: Codable, Sendable, Equatable {
  /// Identifies a run in its store; later runs have larger ones.
  public typealias Identifier = Int64

  /// The identifier; 0 until the store has given one.
  public var identifier: Identifier
  /// When it began.
  public var started: Date
  /// When it ended; nil while it runs and for ever after it was killed.
  public var finished: Date?
  /// The notebook's path relative to the project.
  public var notebook: String
  /// The command as given, such as `nbrun run notebook.md`.
  public var command: String
  /// The commit that was checked out; nil outside a repository.
  public var gitCommit: String?
  /// Whether the work tree differed from that commit.
  public var gitIsDirty: Bool?
  /// The first digits of the digest of what was not committed; nil where all was, or unknown.
  public var gitDiff: String?
  /// The machine; nil in runs of earlier versions.
  public var machine: RunMachine?
  /// What the numbers depend on besides the inputs.
  public var environment: EnvironmentRecord?
  /// How many of its cells' records were removed since.
  public var removedCount = 0

  /// Creates a run that has just begun.
  public init(
    notebook: String, command: String, started: Date, gitCommit: String? = nil,
    gitIsDirty: Bool? = nil, environment: EnvironmentRecord? = nil
  ) {
    self.identifier = 0
    self.started = started
    self.finished = nil
    self.notebook = notebook
    self.command = command
    self.gitCommit = gitCommit
    self.gitIsDirty = gitIsDirty
    self.environment = environment
  }
}
