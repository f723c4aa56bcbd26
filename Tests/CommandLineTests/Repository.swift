import Foundation
import TestSupport

/// A git repository with a notebook, for which nbrun is set up; nothing of the tester's own
/// configuration counts.
struct Repository {
  let program: Executable

  /// Whether git is on this machine; without it the tests that need it are skipped.
  static let hasGit: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "--version"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  init(_ text: String) throws {
    program = try Executable()
    try program.folder.write("a.md", text)
    try git("init", "--quiet", "--initial-branch=main")
    try git("config", "user.name", "T")
    try git("config", "user.email", "t@example.org")
    try program.folder.write(".git/info/exclude", "results\n")
    try commit()
  }

  func commit() throws {
    try git("add", "--all")
    try git("commit", "--quiet", "--message", "State")
  }

  func edit(_ old: String, _ new: String) throws {
    let text = try program.folder.text("a.md")
    guard text.contains(old) else { throw Failure(text: "no '\(old)' in a.md") }
    try program.folder.write("a.md", text.replacingOccurrences(of: old, with: new))
  }

  /// Runs git; throws what it printed where it fails.
  @discardableResult
  func git(_ arguments: String...) throws -> String {
    let outcome = try gitOutcome(arguments)
    guard outcome.code == 0 else { throw Failure(text: "git \(arguments): \(outcome.errors)") }
    return outcome.output
  }

  /// Runs git, whatever comes of it.
  func gitOutcome(_ arguments: [String]) throws -> Executable.Outcome {
    let environment = [
      "HOME": program.folder.path("home"), "GIT_CONFIG_NOSYSTEM": "1", "GIT_PAGER": "cat",
    ]
    let started = try program.start(
      ["git", "-C", program.folder.path] + arguments, program: "/usr/bin/env",
      environment: environment)
    started.process.waitUntilExit()
    return try started.outcome()
  }

  struct Failure: Error { let text: String }
}
