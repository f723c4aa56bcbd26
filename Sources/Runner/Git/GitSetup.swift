import DataFiles
import FoundationEssentials
import Glibc

/// What makes git compare notebooks by their results and merge them without conflicts in outputs:
/// a diff command, a merge driver, and the line of attributes that says for which files.
public struct GitSetup: Sendable {
  /// Where the settings go.
  public let scope: Scope
  /// The settings, in the order in which they are written.
  public let settings: [(name: String, value: String)]
  /// The file of attributes.
  public let attributesFile: String
  /// The line in it.
  public static let attributes = "*.md diff=nbrun merge=nbrun"

  /// Whose git is set up.
  public enum Scope: String, Sendable {
    /// That of one repository; its attributes are a file that can be committed.
    case local
    /// The user's.
    case global
  }

  /// Finds out what is to be set.
  ///
  /// - Parameters:
  ///   - scope: whose git.
  ///   - program: the path of this program.
  /// - Throws: `RunFault.revision` without git, or outside of a repository where one is needed.
  public init(_ scope: Scope, program: String) throws(RunFault) {
    self.scope = scope
    let command = Self.command(program)
    settings = [
      ("diff.nbrun.command", "\(command) git-diff"),
      ("merge.nbrun.name", "nbrun: outputs that conflict become stale"),
      ("merge.nbrun.driver", "\(command) merge-driver %O %A %B --marker-size %L --path %P"),
    ]
    attributesFile = try Self.attributesFile(scope)
  }

  /// `nbrun` where that is this program, else its path as a shell reads it.
  private static func command(_ program: String) -> String {
    let folders = environment("PATH").split(separator: ":")
    let programs: [String] = folders.map { "\($0)/nbrun" }
    let first = programs.first { access($0, X_OK) == 0 }
    if let first, (pathWithoutLinks(first) ?? first) == (pathWithoutLinks(program) ?? program) {
      return "nbrun"
    }
    return "'" + program.replacing("'", with: "'\\''") + "'"
  }

  private static func attributesFile(_ scope: Scope) throws(RunFault) -> String {
    let top = Git.run(["rev-parse", "--show-toplevel"])
    switch scope {
    case .local:
      guard top.status == 0 else {
        let reason = Git.reasonForSilence() ?? "git has no work tree here"
        throw .revision("this folder", reason: reason + "; use --global for all repositories")
      }
      return top.line + "/.gitattributes"
    case .global:
      guard top.status != 127 else { throw .revision("this folder", reason: "git is not there") }
      let set = Git.run(["config", "--global", "--type=path", "core.attributesFile"])
      if set.status == 0 { return set.line }
      let base = environment("XDG_CONFIG_HOME")
      return (base.isEmpty ? environment("HOME") + "/.config" : base) + "/git/attributes"
    }
  }

  /// What would be done, a line each, in the words of a shell.
  public var lines: [String] {
    settings.map { "git config --\(scope.rawValue) \($0.name) \"\($0.value)\"" }
      + ["echo '\(Self.attributes)' >> \(attributesFile)"]
  }
}

/// A variable of the environment; empty where it is not set.
private func environment(_ name: String) -> String {
  guard let value = getenv(name) else { return "" }
  return String(cString: value)
}
