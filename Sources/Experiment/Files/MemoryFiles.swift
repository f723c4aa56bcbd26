/// Project files held in memory, for tests and for notebooks that are read from a pipe.
public struct MemoryFiles: ProjectFiles {
  private let files: [String: [UInt8]]
  private let kinds: [String: FolderEntry.Kind]

  /// Creates a project of these files; `special` names what is no regular file.
  public init(_ files: [String: String], special: [String: FolderEntry.Kind] = [:]) {
    self.files = files.mapValues { Array($0.utf8) }
    self.kinds = special
  }

  /// The names directly in a folder.
  public func entries(of folder: String) throws(FileFault) -> [FolderEntry] {
    let prefix = folder.isEmpty ? "" : folder + "/"
    var entries: Set<FolderEntry> = []
    for path in Array(files.keys) + Array(kinds.keys) where path.hasPrefix(prefix) {
      let rest = path.dropFirst(prefix.count)
      let name = String(rest.prefix { $0 != "/" })
      let isHere = name.count == rest.count
      let kind: FolderEntry.Kind = isHere ? kinds[path] ?? .file : .folder
      entries.insert(FolderEntry(name: name, kind: kind))
    }
    return Array(entries)
  }

  /// A file's bytes.
  public func contents(of path: String) throws(FileFault) -> [UInt8] {
    guard let bytes = files[path] else { throw .missing(path, near: nil) }
    return bytes
  }
}
