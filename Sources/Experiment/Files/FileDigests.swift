public import DataFiles
public import Digests

/// Digests that were computed before, by what the file system says of the files.
public protocol FileDigests: Sendable {
  /// The digest of a file of that identity; nil where none is known.
  func digest(of path: String, _ identity: FileIdentity) -> Digest?
  /// Keeps a digest that was computed.
  func keep(_ digest: Digest, of path: String, _ identity: FileIdentity)
}

extension ProjectFiles {
  /// The digest of a file's bytes.
  public func digest(
    of content: FileBytes, at path: String
  ) throws(DataFileError) -> Digest { try Digest(hashing: content) }
}

extension FolderFiles {
  /// The digest of a file's bytes: of a large one that has not changed since it was last hashed, the
  /// one that was kept.
  public func digest(
    of content: FileBytes, at path: String
  ) throws(DataFileError) -> Digest {
    guard let digests, let identity = content.identity,
      identity.isSettled(at: now())
    else { return try Digest(hashing: content) }
    if let digest = digests.digest(of: path, identity) { return digest }
    let digest = try Digest(hashing: content)
    digests.keep(digest, of: path, identity)
    return digest
  }
}
