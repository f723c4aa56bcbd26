import FoundationEssentials
import Glibc

extension GitSetup {
  /// Sets everything; what is set already stays as it is.
  ///
  /// - Returns: what was changed, a line each.
  /// - Throws: `RunFault.unwritable`.
  public func apply() throws(RunFault) -> [String] {
    var changes: [String] = []
    for (name, value) in settings where current(name) != value {
      try config([name, value])
      changes.append("set \(name) to \(value)")
    }
    let lines = try attributeLines()
    if !lines.contains(Self.attributes) {
      try write(lines + [Self.attributes])
      changes.append("added '\(Self.attributes)' to \(attributesFile)")
    }
    return changes
  }

  /// Takes everything away that ``apply()`` sets.
  ///
  /// - Returns: what was changed, a line each.
  /// - Throws: `RunFault.unwritable`.
  public func remove() throws(RunFault) -> [String] {
    var changes: [String] = []
    for (name, _) in settings where current(name) != nil {
      try config(["--unset-all", name])
      changes.append("removed \(name)")
    }
    let lines = try attributeLines()
    let rest = lines.filter { $0 != Self.attributes }
    guard rest.count < lines.count else { return changes }
    if rest.isEmpty {
      unlink(attributesFile)
    } else {
      try write(rest)
    }
    changes.append("removed '\(Self.attributes)' from \(attributesFile)")
    return changes
  }

  private func current(_ name: String) -> String? {
    let outcome = Git.run(["config", "--\(scope.rawValue)", "--get", name])
    return outcome.status == 0 ? outcome.line : nil
  }

  private func config(_ arguments: [String]) throws(RunFault) {
    let outcome = Git.run(["config", "--\(scope.rawValue)"] + arguments)
    guard outcome.status == 0 else {
      throw .unwritable(name: "git's configuration", reason: outcome.errors)
    }
  }

  private func attributeLines() throws(RunFault) -> [String] {
    guard access(attributesFile, F_OK) == 0 else { return [] }
    let bytes = try NotebookFile(name: attributesFile).bytes
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  private func write(_ lines: [String]) throws(RunFault) {
    try makeFolder(Project.folder(of: attributesFile))
    let text = lines.map { $0 + "\n" }.joined()
    try writeWhole(Array(text.utf8), to: attributesFile, name: attributesFile)
  }
}
