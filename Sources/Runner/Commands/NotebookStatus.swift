import Experiment
public import Records
import ResultStore

/// What a notebook's cells are worth, and why.
public struct NotebookStatus: Sendable {
  /// The notebook as the user named it.
  public let file: String
  /// The cells in the order of the document.
  public let cells: [Entry]

  /// A cell.
  public struct Entry: Sendable, Equatable {
    /// The cell.
    public let id: String
    /// Its kind.
    public let kind: CellKind
    /// The line of its fence, from 1.
    public let line: Int
    /// What its output is worth.
    public let state: State
    /// Why, in half a sentence; empty where there is nothing to say.
    public let reason: String
  }

  /// What an output can be worth.
  public enum State: String, Sendable, CaseIterable {
    case fresh
    case stale
    case edited
    case failed
    /// There is a result, but it is not written.
    case unwritten = "not written"
    case never = "never run"
    case inactive
  }

  /// Looks at a notebook; runs nothing.
  ///
  /// - Throws: `RunFault`, as opening a notebook and its store does.
  public init(_ name: String, options: RunOptions) throws(RunFault) {
    let open = try OpenNotebook(
      name, overrides: options.overrides, settings: options.settings,
      storePath: options.storePath)
    let teller = try StoryTeller(open, options: options)
    file = name
    cells = try open.cellStates.map { state throws(RunFault) in
      Entry(
        state, try teller.story(of: try open.cell(state.id)),
        figureFault: open.figureFaults(of: state.id).first,
        failedClaim: open.failedClaims(of: state.id).first)
    }
  }

  /// How many cells are in which state, states without a cell left out.
  public var counts: [(state: State, count: Int)] {
    State.allCases.compactMap { state in
      let count = cells.count { $0.state == state }
      return count == 0 ? nil : (state, count)
    }
  }

  /// Several notebooks for programs.
  public static func json(_ notebooks: [NotebookStatus]) -> JSONValue {
    .array(
      notebooks.map { notebook in
        .object([
          ("file", .string(notebook.file)), ("cells", .array(notebook.cells.map(\.json))),
        ])
      })
  }
}

extension NotebookStatus.Entry {
  fileprivate init(
    _ cell: CellState, _ story: KeyStory, figureFault: String?, failedClaim: String?
  ) {
    (id, kind, line) = (cell.id, cell.kind, cell.line)
    if case .failed(let message) = story.verdict {
      (state, reason) = (.failed, message)
      return
    }
    switch cell.standing {
    case .inactive: (state, reason) = (.inactive, "its 'when' is false, or that of a cell it needs")
    case .edited: (state, reason) = (.edited, "its output was changed by hand")
    case .stale: (state, reason) = (.stale, story.firstChange ?? "its key changed")
    case .incomplete: (state, reason) = (.failed, "some of the points that it shows failed")
    case .fresh where failedClaim != nil:
      (state, reason) = (.failed, "does not hold: \(failedClaim ?? "")")
    case .fresh:
      (state, reason) = (.fresh, story.rerunReason ?? figureFault ?? "")
    case .missing where story.recordedKey == nil: (state, reason) = (.never, "")
    case .missing:
      (state, reason) = (.unwritten, story.firstChange ?? "a run writes its stored result")
    }
  }

  fileprivate var json: JSONValue {
    .object([
      ("id", .string(id)), ("kind", .string(kind.rawValue)), ("line", .int(line)),
      ("state", .string(state.rawValue)), ("reason", .string(reason)),
    ])
  }
}

extension KeyStory {
  /// The cause of a change, with how many more there are.
  fileprivate var firstChange: String? {
    // What changed in a needed cell says more than that its key did.
    guard let cause = changes.first(where: { !$0.name.hasPrefix("cell ") }) ?? changes.first else {
      return nil
    }
    let place = cause.depth > 0 ? "\(cause.cell): " : ""
    let others = changes.count { !$0.name.hasPrefix("cell ") } - 1
    return "\(place)\(cause.name) \(Change.short(cause.before)) → \(Change.short(cause.after))"
      + (others > 0 ? ", and \(others) more" : "")
  }

  /// Why a run would compute a cell whose output is fresh; nil where it would not.
  fileprivate var rerunReason: String? {
    switch verdict {
    case .notStored: "runs again, as its result is not in the store"
    case .otherEnvironment(let differences):
      "runs again, as it was stored elsewhere: \(differences.joined(separator: ", "))"
    case .lacksModel(let folder):
      "runs again, as the model that it saved is not in '\(folder)' any more"
    case .neverCached: "runs every time, as it says 'cache: false'"
    case .cached, .failed, .derived, .inactive: nil
    }
  }
}
