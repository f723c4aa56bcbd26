public import FoundationEssentials
import Glibc
import Records
public import ResultStore

/// Everything that a project keeps of its runs, and whether a notebook refers to it.
public struct CacheContents: Sendable {
  /// The stored outcomes, latest first.
  public let entries: [Entry]
  /// Files beside the store: weights, saved steps, figures, left-overs.
  public let files: [File]
  /// The size of the store's file, in bytes.
  public let storeBytes: Int
  /// Notebooks of which only the written outputs count, as they are not valid.
  public let invalidNotebooks: [String]

  let project: Project
  let stored: StoredResults

  /// A stored outcome.
  public struct Entry: Sendable {
    /// What the store knows of it.
    public let stored: StoredEntry
    /// Whether a notebook refers to its key, and no later outcome takes its place.
    public let isReferenced: Bool
  }

  /// A file.
  public struct File: Sendable {
    /// What it holds: `weights`, `saved step`, `figure` or `left-over`.
    public let kind: String
    /// Its path from the project's folder.
    public let path: String
    /// Its size in bytes.
    public let bytes: Int
    /// When it was written.
    public let modified: Date
    /// Whether a notebook refers to it.
    public let isReferenced: Bool
  }

  /// Looks at the project of a folder or notebook; nil takes the working directory.
  ///
  /// - Throws: `RunFault.store` for a store that is there and can't be read.
  public init(of place: String? = nil, storePath: String?) throws(RunFault) {
    let project = ProjectPath(place.map { $0 + "/notebook.md" }).project
    self.project = project
    stored = try StoredResults(of: project, path: storePath)
    let references = ProjectReferences(project)
    invalidNotebooks = references.invalid
    let found = try stored.ask { store throws(StoreFault) in try store.entries() } ?? []
    entries = found.map {
      Entry(stored: $0, isReferenced: !$0.isSuperseded && references.holds(key: $0.key))
    }
    files = ResultFile.all(of: project).map { file in
      let isReferenced =
        switch file.kind {
        case .weights, .step: references.holds(keyBeginning: file.keyBeginning)
        // They keep themselves within bounds.
        case .state: true
        case .figure: references.shows(figure: file.name)
        case .leftover: false
        }
      return File(
        kind: file.kind.rawValue, path: project.relative(file.path), bytes: file.bytes,
        modified: file.modified, isReferenced: isReferenced)
    }
    storeBytes = Self.size(of: stored.store?.path)
  }

  /// The size of a store, with what is still in its journal.
  static func size(of path: String?) -> Int {
    guard let path else { return 0 }
    return ["", "-wal"].reduce(0) { sum, ending in
      let attributes = try? FileManager.default.attributesOfItem(atPath: path + ending)
      return sum + ((attributes?[.size] as? Int) ?? 0)
    }
  }

  /// Removes the file of a store that can't be read, and its journal.
  ///
  /// - Returns: its path.
  /// - Throws: `RunFault.unwritable`.
  public static func discardStore(path: String?) throws(RunFault) -> String {
    let path = path ?? ProjectPath(nil).project.storePath
    guard unlink(path) == 0 else {
      throw .unwritable(name: path, reason: String(cString: strerror(errno)))
    }
    for ending in ["-wal", "-shm"] { unlink(path + ending) }
    return path
  }

  /// The contents for programs.
  public var json: JSONValue {
    .object([
      ("store_bytes", .int(storeBytes)), ("records", .array(entries.map(\.json))),
      ("files", .array(files.map(\.json))),
    ])
  }
}

extension CacheContents.Entry {
  fileprivate var json: JSONValue {
    .object([
      ("key", .string(stored.key)), ("kind", .optional(stored.kind?.rawValue)),
      ("notebook", .optional(stored.notebook)), ("cell", .optional(stored.cell)),
      ("status", .string(stored.isFailure ? "failed" : "ok")),
      ("environment", .string(stored.environment)),
      ("created", .string(stored.created.formatted(.iso8601))), ("bytes", .int(stored.bytes)),
      ("superseded", .bool(stored.isSuperseded)), ("referenced", .bool(isReferenced)),
    ])
  }
}

extension CacheContents.File {
  fileprivate var json: JSONValue {
    .object([
      ("path", .string(path)), ("kind", .string(kind)), ("bytes", .int(bytes)),
      ("modified", .string(modified.formatted(.iso8601))), ("referenced", .bool(isReferenced)),
    ])
  }
}
