/// Notebooks as git has them.
enum GitFile {
  /// A file of a commit.
  ///
  /// - Throws: `RunFault.revision`.
  static func contents(
    _ revision: String, path: String, folder: String
  ) throws(RunFault) -> [UInt8] {
    guard let data = Git.output(["cat-file", "blob", "\(revision):\(path)"], folder: folder)
    else {
      throw .revision(
        "\(revision):\(Self.path(path, from: folder))",
        reason: Git.reasonForSilence(folder: folder)
          ?? "git knows no such commit, or no such file in it")
    }
    return [UInt8](data)
  }

  /// A path that git takes in a folder, as it takes it in the working directory: below the
  /// repository's top unless it begins with a dot.
  static func path(_ path: String, from folder: String) -> String {
    guard folder != ".", path.hasPrefix("./") else { return path }
    let file = "\(folder)/\(path.dropFirst(2))"
    return folder.hasPrefix(".") || folder.hasPrefix("/") ? file : "./" + file
  }

  /// Where in the work tree a path is that git takes in a folder, from the working directory.
  ///
  /// - Throws: `RunFault.revision`.
  static func workTreePath(_ path: String, folder: String) throws(RunFault) -> String {
    let base = folder == "." ? "" : folder + "/"
    if path.hasPrefix("./") { return base + path.dropFirst(2) }
    if path.hasPrefix("../") { return base + path }
    let flags = ["rev-parse", "--show-prefix", "--show-cdup"]
    guard let output = Git.output(flags, folder: folder) else {
      throw .revision(
        path, reason: Git.reasonForSilence(folder: folder) ?? "git has no work tree here")
    }
    let lines = String(decoding: output, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let (prefix, up) = (lines.first ?? "", lines.dropFirst().first ?? "")
    return base + (path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : up + path)
  }
}
