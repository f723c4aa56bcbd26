import Diagnostics

extension ProjectFiles {
  /// The paths that a pattern stands for, sorted by their bytes.
  ///
  /// `*`, `?` and `**` pass over hidden names and over `results` folders, which hold what nbrun
  /// itself writes; naming them takes them in.
  ///
  /// - Throws: `FileFault` where the pattern leaves the project or matches nothing.
  public func paths(matching text: String) throws(FileFault) -> [String] {
    let pattern = try GlobPattern(text)
    var walk = GlobWalk(files: self, pattern: pattern)
    try walk.visit(folder: "", segment: 0)
    guard !walk.matches.isEmpty else { throw try fault(for: pattern) }
    return walk.matches.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  private func fault(for pattern: GlobPattern) throws(FileFault) -> FileFault {
    guard pattern.isLiteral else { return .noMatch(pattern.text) }
    let folder = pattern.segments.dropLast().joined(separator: "/")
    let name = pattern.segments.last ?? ""
    let names = (try? entries(of: folder))?.filter { $0.kind == .file }.map(\.name).sorted() ?? []
    let near = nearestWord(to: name, in: names)
    return .missing(pattern.text, near: near.map { join(folder, $0) })
  }
}

/// The path of a name in a folder.
private func join(_ folder: String, _ name: String) -> String {
  folder.isEmpty ? name : "\(folder)/\(name)"
}

/// One walk through the folders that a pattern can match in.
private struct GlobWalk {
  let files: any ProjectFiles
  let pattern: GlobPattern
  private(set) var matches: Set<String> = []
  private var visits = 0

  init(files: any ProjectFiles, pattern: GlobPattern) {
    self.files = files
    self.pattern = pattern
  }

  mutating func visit(folder: String, segment: Int) throws(FileFault) {
    let wanted = pattern.segments[segment]
    if wanted == "**" {
      try visitDeep(folder: folder, segment: segment)
      return
    }
    let isLast = segment == pattern.segments.count - 1
    for entry in try entries(of: folder) where matches(wanted, entry) {
      let path = join(folder, entry.name)
      switch entry.kind {
      case .outside: throw .outsideProject(path)
      case .file where isLast: matches.insert(path)
      case .folder where !isLast, .linkedFolder where !isLast:
        try visit(folder: path, segment: segment + 1)
      case .folder, .linkedFolder, .other:
        if isLast, !GlobPattern.isWild(wanted) { throw .notRegular(path) }
      case .file: continue
      }
    }
  }

  /// `**`: this folder, and every folder below that is not passed over.
  private mutating func visitDeep(folder: String, segment: Int) throws(FileFault) {
    try visit(folder: folder, segment: segment + 1)
    for entry in try entries(of: folder) where entry.kind == .folder {
      guard matches("*", entry) else { continue }
      try visitDeep(folder: join(folder, entry.name), segment: segment)
    }
  }

  private func matches(_ segment: String, _ entry: FolderEntry) -> Bool {
    if !GlobPattern.isWild(segment) { return entry.name == segment }
    let isPassedOver = entry.name == "results" && entry.kind != .file
    return !isPassedOver && GlobPattern.matches(segment, name: entry.name)
  }

  private mutating func entries(of folder: String) throws(FileFault) -> [FolderEntry] {
    let entries = try files.entries(of: folder)
    visits += entries.count
    guard visits <= FileLimits.visits else {
      throw .tooMany(pattern.text, limit: FileLimits.visits)
    }
    return entries
  }
}
