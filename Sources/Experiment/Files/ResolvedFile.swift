public import DataFiles
public import Digests

/// A project file as it was when the plan was made; equal files have equal paths and contents.
public struct ResolvedFile: Hashable, Sendable {
  /// The path from the project's folder.
  public var path: String
  /// The digest of `content`.
  public var digest: Digest
  /// The contents; a Markdown file's lack nbrun's output regions and inserted values, so that a
  /// notebook that reads notebooks does not change its own inputs by running.
  public var content: FileBytes

  /// Creates a file's snapshot.
  public init(path: String, digest: Digest, content: FileBytes) {
    self.path = path
    self.digest = digest
    self.content = content
  }

  /// Whether path and contents are equal.
  public static func == (left: ResolvedFile, right: ResolvedFile) -> Bool {
    left.path == right.path && left.digest == right.digest
  }

  /// Hashes path and digest.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(path)
    hasher.combine(digest)
  }
}

extension Digest {
  /// The digest of a file, read piece by piece.
  public init(hashing content: FileBytes) throws(DataFileError) {
    let piece = 1 << 20
    var builder = DigestBuilder()
    for first in stride(from: 0, to: content.count, by: piece) {
      builder.update(try content.bytes(at: first, count: min(piece, content.count - first)))
    }
    self = builder.finalize()
  }
}
