import Foundation

/// Runs git with fixed arguments; nothing of a notebook is ever among them but paths after `--`.
enum Git {
  /// How a git command ended, and what it printed.
  struct Outcome {
    /// The exit status; 127 where git is not there.
    let status: Int32
    /// The standard output.
    let output: Data
    /// The standard error.
    let errors: String

    /// The first line of the standard output.
    var line: String { String(String(decoding: output, as: UTF8.self).prefix { $0 != "\n" }) }
  }

  /// What git prints, or nil when it fails or is not there.
  static func output(_ arguments: [String], folder: String) -> Data? {
    let outcome = run(arguments, folder: folder, readsErrors: false)
    return outcome.status == 0 ? outcome.output : nil
  }

  /// Why git tells nothing of a folder; nil where it is in a repository that git reads.
  static func reasonForSilence(folder: String = ".") -> String? {
    let asked = run(["rev-parse", "--absolute-git-dir"], folder: folder)
    if asked.status == 0 { return nil }
    if asked.status == 127 { return "git is not there" }
    // Where the repository belongs to another user, git's last line says how to trust it.
    let remedy = asked.errors.split(separator: "\n").last { $0.contains("safe.directory") }
    guard let remedy else { return "this folder is in no git repository" }
    return "git refuses its repository, which belongs to another user; to trust it, run '"
      + remedy.trimmingCharacters(in: .whitespaces) + "'"
  }

  /// Runs a git command to its end, whatever its status.
  ///
  /// - Parameter readsErrors: false for commands that may warn of each of many files: more than a pipe
  ///   holds would stop git while its output is read.
  static func run(
    _ arguments: [String], folder: String = ".", readsErrors: Bool = true
  ) -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", folder.isEmpty ? "." : folder] + arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    if readsErrors {
      process.standardError = errors
    } else {
      process.standardError = FileHandle.nullDevice
    }
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else {
      return Outcome(status: 127, output: Data(), errors: "git is not there")
    }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    // Messages are a few lines: they fit into the pipe while the output is read.
    let messages = readsErrors ? errors.fileHandleForReading.readDataToEndOfFile() : Data()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: data,
      errors: String(decoding: messages, as: UTF8.self).trimmingCharacters(in: .newlines))
  }
}
