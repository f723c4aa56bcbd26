import FoundationEssentials
import Glibc
public import ResultStore

/// Whether everything that a project keeps still is what was written.
public struct CacheVerification: Sendable {
  /// How many outcomes were read.
  public let entryCount: Int
  /// How many files were read.
  public let fileCount: Int
  /// What SQLite complains of.
  public let complaints: [String]
  /// The damaged outcomes.
  public let entries: [StoredEntry]
  /// The damaged files, by their paths from the project's folder.
  public let files: [String]
  /// Data files that have another digest than the one that is kept of them.
  public let dataFiles: [String]
  private let contents: CacheContents

  /// Reads and digests all records, weights, saved steps and figures, and hashes the data files
  /// whose digests are kept.
  ///
  /// - Throws: `RunFault.store`.
  public init(_ contents: CacheContents) throws(RunFault) {
    self.contents = contents
    let health = try contents.stored.ask { store throws(StoreFault) in try store.health() }
    let damaged = Set(
      try contents.stored.ask { store throws(StoreFault) in try store.damagedEntries() } ?? [])
    complaints = health?.complaints ?? []
    entries = contents.entries.map(\.stored).filter { damaged.contains($0.identifier) }
    let all = ResultFile.all(of: contents.project).filter { $0.kind != .leftover }
    files = all.filter { !$0.isWhole }.map { contents.project.relative($0.path) }
    let kept = try contents.stored.ask { store throws(StoreFault) in try store.fileDigests() }
    dataFiles = (kept ?? []).filter { $0.isWrong(in: contents.project) }.map(\.path)
    entryCount = contents.entries.count
    fileCount = all.count
  }

  /// Ok, or that something is damaged.
  public var exitCode: ExitCode {
    complaints.isEmpty && entries.isEmpty && files.isEmpty && dataFiles.isEmpty
      ? .ok : .differences
  }

  /// Removes what is damaged, so that it is computed again when it is needed.
  ///
  /// - Throws: `RunFault.store`.
  public func repair() throws(RunFault) {
    let identifiers = entries.map(\.identifier)
    if !identifiers.isEmpty {
      _ = try contents.stored.ask { store throws(StoreFault) in
        try store.remove(identifiers, runsBefore: Date(timeIntervalSince1970: 0))
      }
    }
    if !dataFiles.isEmpty {
      _ = try contents.stored.ask { store throws(StoreFault) in
        try store.forgetFileDigests(paths: dataFiles)
      }
    }
    for file in files { unlink("\(contents.project.root)/\(file)") }
  }

  /// The findings for programs.
  public var json: JSONValue {
    .object([
      ("ok", .bool(exitCode == .ok)), ("records", .int(entryCount)), ("files", .int(fileCount)),
      ("complaints", .strings(complaints)),
      (
        "damaged_records",
        .array(
          entries.map {
            .object([
              ("key", .string($0.key)), ("notebook", .optional($0.notebook)),
              ("cell", .optional($0.cell)),
            ])
          })
      ),
      ("damaged_files", .strings(files)), ("wrong_digests", .strings(dataFiles)),
    ])
  }
}
