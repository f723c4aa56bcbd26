import DataFiles
import FoundationEssentials
public import ResultStore

/// The runs of a project, latest first.
public struct RunList: Sendable {
  /// The runs.
  public let entries: [Entry]

  /// Lists runs that were found before.
  public init(_ entries: [Entry]) { self.entries = entries }

  /// A run, and how its cells ended.
  public struct Entry: Sendable {
    /// The run.
    public let run: Run
    /// How its cells ended.
    public let counts: RunCounts
  }

  /// Reads the history of a notebook, or of the working directory's project.
  ///
  /// The notebook need not be valid, nor exist any more.
  /// - Throws: `RunFault.store`.
  public init(notebook: String?, limit: Int, storePath: String?) throws(RunFault) {
    let path = ProjectPath(notebook)
    let stored = try StoredResults(of: path.project, path: storePath)
    let name = notebook == nil ? nil : path.project.relative(path.path)
    entries =
      try stored.ask { store throws(StoreFault) in
        var entries: [Entry] = []
        for run in try store.runs(limit: limit, notebook: name) {
          entries.append(Entry(run: run, counts: try store.counts(run: run.identifier)))
        }
        return entries
      } ?? []
  }

  /// The history for programs; dates in ISO 8601.
  public var json: JSONValue { .array(entries.map(\.json)) }
}

extension RunList.Entry {
  /// The run for programs.
  var json: JSONValue {
    .object([
      ("run", .int(Int(run.identifier))), ("started", .string(run.started.formatted(.iso8601))),
      ("finished", run.finished.map { .string($0.formatted(.iso8601)) } ?? .null),
      ("notebook", .string(run.notebook)), ("command", .string(run.command)),
      ("ran", .int(counts.ran)), ("cached", .int(counts.cached)), ("failed", .int(counts.failed)),
      ("removed", .int(run.removedCount)),
      ("commit", .optional(run.gitCommit)),
      ("dirty", run.gitIsDirty.map { .bool($0) } ?? .null), ("diff", .optional(run.gitDiff)),
      ("environment", run.environment?.json ?? .null), ("machine", run.machine?.json ?? .null),
    ])
  }
}

extension RunMachine {
  fileprivate var json: JSONValue {
    .object([
      ("processor", .optional(processor)), ("cores", .int(cores)), ("system", .string(system)),
      ("release", .string(release)), ("sqlite", .string(sqlite)),
    ])
  }
}

/// A path that need not exist, and the project that it lies in.
struct ProjectPath {
  let path: String
  let project: Project

  /// Takes a path relative to the working directory; nil means something in that itself.
  init(_ name: String?) {
    let name = name ?? "notebook.md"
    let folder = FileManager.default.currentDirectoryPath
    path = pathWithoutLinks(name) ?? (name.hasPrefix("/") ? name : folder + "/" + name)
    project = Project(ofNotebook: path)
  }
}
