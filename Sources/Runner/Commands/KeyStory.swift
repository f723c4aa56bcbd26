import Digests
import Experiment
import NotebookSyntax
import Records
public import ResultStore
import Training

/// Why a cell would run or not, and what changed since its output was written.
public struct KeyStory: Sendable {
  /// The cell.
  public let id: String
  /// Its key.
  public let key: String
  /// The first digits of the key that it is compared with; nil where nothing is recorded.
  public let recordedKey: String?
  /// What a run would do.
  public let verdict: Verdict
  /// The step of an earlier run, of fewer steps and otherwise equal, that a run would go on from.
  public let earlierStep: Int?
  /// What differs from the recorded key, causes in other cells below their effects.
  public let changes: [Change]

  /// What a run would do.
  public enum Verdict: Sendable, Equatable {
    /// Take the stored result.
    case cached
    /// Run: a result is stored, but for another numeric environment; what differs.
    case otherEnvironment([String])
    /// Run: nothing is stored for the key.
    case notStored
    /// Run: the folder that it saves its model to no longer holds that model.
    case lacksModel(folder: String)
    /// Run: the last attempt failed with that message.
    case failed(String)
    /// Decide again, as in every run: it is made of the results of other cells.
    case derived
    /// Run: it says `cache: false`.
    case neverCached
    /// Not run: its `when` is false, or that of a cell it needs.
    case inactive
  }

  /// A part of a key that is not what it was.
  public struct Change: Sendable, Hashable {
    /// The cell whose part it is.
    public let cell: String
    /// The part's name: `optimizer.lr`, `file corpus.txt`.
    public let name: String
    /// The value in the recorded key; nil where it had none.
    public let before: String?
    /// The value now; nil where there is none.
    public let after: String?
    /// How many cells lie between it and the cell in question.
    public let depth: Int
  }

  /// The latest run that had the cell, and whether its result was a stored one then.
  public let lastUse: (run: Run.Identifier, isReused: Bool)?

  /// Explains a cell.
  ///
  /// - Throws: `RunFault.unknownCell`, `.store`, `.kernels`, and those of opening a notebook.
  public init(_ address: CellAddress, options: RunOptions) throws(RunFault) {
    let teller = try StoryTeller(
      OpenNotebook(address.file, overrides: options.overrides, settings: options.settings),
      options: options)
    self = try teller.story(of: try teller.open.cell(try address.requiredCell(of: teller.open)))
  }

  /// Explains the cell that is named, or all of a notebook.
  ///
  /// - Throws: as ``init(_:options:)``.
  public static func stories(
    of address: CellAddress, options: RunOptions
  ) throws(RunFault) -> [KeyStory] {
    if address.cell != nil { return [try KeyStory(address, options: options)] }
    let teller = try StoryTeller(
      OpenNotebook(address.file, overrides: options.overrides, settings: options.settings),
      options: options)
    return try teller.open.plan.cells.map { cell throws(RunFault) in try teller.story(of: cell) }
  }

  fileprivate init(
    id: String, key: String, recordedKey: String?, verdict: Verdict, changes: [Change],
    lastUse: (run: Run.Identifier, isReused: Bool)?, earlierStep: Int?
  ) {
    self.id = id
    self.key = key
    self.recordedKey = recordedKey
    self.verdict = verdict
    self.changes = changes
    self.lastUse = lastUse
    self.earlierStep = earlierStep
  }
}

/// Tells the stories of a notebook's cells.
struct StoryTeller {
  let open: OpenNotebook
  let stored: StoredResults
  private let environment: EnvironmentRecord

  init(_ open: OpenNotebook, options: RunOptions) throws(RunFault) {
    self.open = open
    stored = try StoredResults(of: open.project, path: options.storePath)
    environment = try NumericSetup(open.plan.settings).environment
  }

  func story(of cell: Cell) throws(RunFault) -> KeyStory {
    let latest =
      try stored.ask { store throws(StoreFault) in
        try store.latestRecord(cell: cell.id, notebook: open.storeName)
      } ?? nil
    let recorded = open.notebook.directive(cell.id)?.output?.key ?? latest?.key
    let changes =
      try recorded.map { key throws(RunFault) in
        try KeyComparison(plan: open.plan, stored: stored).changes(of: cell, since: key)
      } ?? []
    let use = try stored.ask { store throws(StoreFault) in
      try store.lastUse(cell: cell.id, notebook: open.storeName)
    }
    return KeyStory(
      id: cell.id, key: cell.key.hex, recordedKey: recorded,
      verdict: try verdict(on: cell, latest: latest), changes: changes,
      lastUse: use ?? nil,
      earlierStep: EarlierSteps(of: open.project)
        .place(of: cell, environment: environment.identity)?.step)
  }

  private func verdict(on cell: Cell, latest: Record?) throws(RunFault) -> KeyStory.Verdict {
    if !cell.isActive { return .inactive }
    if cell.kind.isDerived { return .derived }
    if !cell.options.usesCache { return .neverCached }
    let identity = cell.kind.dependsOnNumerics ? environment.identity : ""
    let hit = try stored.ask { store throws(StoreFault) in
      try store.record(key: cell.key.hex, environment: identity)
    }
    if let hit = hit ?? nil {
      return open.project.missingModel(of: cell, hit).map { .lacksModel(folder: $0) } ?? .cached
    }
    if let other = try stored.records(key: cell.key.hex).last?.environment {
      return .otherEnvironment(other.differences(from: environment))
    }
    if let latest, latest.key == cell.key.hex, let failure = latest.failure {
      return .failed(failure.message)
    }
    return .notStored
  }
}

extension EnvironmentRecord {
  /// What differs, each as `name before → after`.
  ///
  /// Earlier versions told environments apart by things that no longer matter.
  func differences(from new: EnvironmentRecord) -> [String] {
    let pairs = [
      ("numerics", numerics, new.numerics), ("kernels", kernels, new.kernels),
      ("threads", "\(threads)", "\(new.threads)"),
    ]
    let differences = pairs.filter { $0.1 != $0.2 }.map { "\($0.0) \($0.1) → \($0.2)" }
    return differences.isEmpty ? ["that of an earlier nbrun"] : differences
  }
}
