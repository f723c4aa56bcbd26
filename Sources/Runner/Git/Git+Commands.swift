import Foundation

extension Git {
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

  /// Runs a git command to its end, whatever its status.
  static func run(_ arguments: [String], folder: String = ".") -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", folder.isEmpty ? "." : folder] + arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else {
      return Outcome(status: 127, output: Data(), errors: "git is not there")
    }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    // Messages are a few lines: they fit into the pipe while the output is read.
    let messages = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: data,
      errors: String(decoding: messages, as: UTF8.self).trimmingCharacters(in: .newlines))
  }
}
