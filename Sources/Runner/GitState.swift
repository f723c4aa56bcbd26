import Digests
import Foundation

/// The commit of a folder's repository, and whether and in what the work tree differs from it.
struct GitState {
  private(set) var commit: String?
  private(set) var isDirty: Bool?
  /// The first digits of the digest of what is not committed; nil where all is.
  private(set) var diff: String?

  /// Asks git; both are nil outside of a repository or without git.
  init(folder: String) {
    guard let head = Git.output(["rev-parse", "HEAD"], folder: folder) else { return }
    commit = String(decoding: head, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    isDirty = Git.output(["status", "--porcelain", "--untracked-files=no"], folder: folder)
      .map { !$0.isEmpty }
    guard isDirty == true else { return }
    diff = Git.output(["diff", "--no-ext-diff", "--binary", "HEAD"], folder: folder)
      .map { Digest(hashing: [UInt8]($0)).prefix(16) }
  }
}

/// Runs git with fixed arguments; nothing of a notebook is ever among them but paths after `--`.
enum Git {
  /// What git prints, or nil when it fails or is not there.
  static func output(_ arguments: [String], folder: String) -> Data? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", folder.isEmpty ? "." : folder] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? data : nil
  }
}
