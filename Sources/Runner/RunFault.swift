public import Diagnostics

/// Why a command could not do its work: facts, whose exit code `ExitCode` knows.
public enum RunFault: Error, Sendable {
  /// The notebook or the command line is wrong; nothing ran.
  case invalid([Diagnostic])
  /// A file can't be read.
  case unreadable(name: String, reason: String)
  /// A file can't be written.
  case unwritable(name: String, reason: String)
  /// The notebook was changed by somebody else during the run.
  case changedMeanwhile(name: String)
  /// Another process runs the notebook.
  case locked(name: String, owner: String)
  /// No kernels for this processor.
  case kernels(String)
  /// No cell has that identifier.
  case unknownCell(id: String, known: [String])
  /// No cell has that tag.
  case unknownTag(String, known: [String])
  /// There is nothing recorded to show.
  case noRecord(String)
  /// The store has no run of that number.
  case unknownRun(Int64)
  /// Records of a run, of all cells or of the one that is asked for, were removed since.
  case removedRecords(run: Int64, count: Int)
  /// The store can't be read, where reading it is the command's work.
  case store(message: String, notes: [String])
  /// A revision can't be read.
  case revision(String, reason: String)

  /// The fault as a diagnostic.
  public var diagnostics: [Diagnostic] {
    switch self {
    case .invalid(let diagnostics): diagnostics
    default: [Diagnostic(code: code, message: message, source: source, notes: notes)]
    }
  }

  private var code: String {
    switch self {
    case .invalid: "invalid"
    case .unreadable: "unreadable"
    case .unwritable: "unwritable"
    case .changedMeanwhile: "changed-meanwhile"
    case .locked: "locked"
    case .kernels: "kernels-unavailable"
    case .unknownCell: "unknown-cell"
    case .unknownTag: "unknown-tag"
    case .noRecord: "no-record"
    case .unknownRun: "unknown-run"
    case .removedRecords: "removed-records"
    case .store: "store"
    case .revision: "revision"
    }
  }

  private var source: String {
    switch self {
    case .unreadable(let name, _), .unwritable(let name, _), .changedMeanwhile(let name),
      .locked(let name, _):
      name
    default: "nbrun"
    }
  }

  private var message: String {
    switch self {
    case .invalid: "the notebook is not valid"
    case .unreadable(_, let reason): "can't be read: \(reason)"
    case .unwritable(_, let reason): "can't be written: \(reason)"
    case .changedMeanwhile: "was changed by another program during the run and is left as it is"
    case .locked(_, let owner): "is being run by process \(owner)"
    case .kernels(let reason): reason
    case .unknownCell(let id, _): "no cell is named '\(id)'"
    case .unknownTag(let tag, _): "no cell has the tag '\(tag)'"
    case .noRecord(let what): "nothing is recorded for \(what)"
    case .unknownRun(let number): "the store has no run \(number)"
    case .removedRecords(let run, let count):
      "\(count) of the records of run \(run) were removed, and nothing is left to show"
    case .store(let message, _): message
    case .revision(let revision, let reason): "can't read \(revision): \(reason)"
    }
  }

  private var notes: [String] {
    switch self {
    case .changedMeanwhile: ["run again: finished cells are in the store and cost nothing"]
    case .locked: ["wait for it, or give it more time with --lock-timeout SECONDS"]
    case .unknownCell(let id, let known):
      nearestWord(to: id, in: known).map { ["did you mean '\($0)'?"] }
        ?? ["cells: \(known.joined(separator: ", "))"]
    case .unknownTag(let tag, let known):
      nearestWord(to: tag, in: known).map { ["did you mean '\($0)'?"] }
        ?? [
          known.isEmpty
            ? "give cells tags: '#| tags: [slow]'" : "tags: \(known.joined(separator: ", "))"
        ]
    case .noRecord: ["run the notebook first"]
    case .unknownRun: ["'nbrun runs' lists the runs"]
    case .removedRecords:
      ["'nbrun cache gc' and 'clear' remove records; running again makes them anew"]
    case .store(_, let notes): notes
    default: []
    }
  }
}

/// What a command's end means to the caller: NOTEBOOK-FORMAT's exit codes.
public enum ExitCode: Int32, Sendable {
  case ok = 0
  /// Differences, stale outputs, or a claim that failed.
  case differences = 1
  /// A mistake on the command line or in the notebook.
  case invalid = 2
  /// A cell failed.
  case failed = 3
  /// A lock, or input and output.
  case unavailable = 4
  /// A plan exceeds the memory limit.
  case memoryLimit = 5
  /// Interrupted by the user.
  case interrupted = 130
}

extension RunFault {
  /// The exit code of a command that ends with this fault.
  public var exitCode: ExitCode {
    switch self {
    case .invalid, .unknownCell, .unknownTag, .noRecord, .unknownRun, .removedRecords,
      .revision:
      .invalid
    case .unreadable, .unwritable, .changedMeanwhile, .locked, .store: .unavailable
    case .kernels: .failed
    }
  }
}
