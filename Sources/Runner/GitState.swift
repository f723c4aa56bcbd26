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
