/// What the file system says of a file's content without reading it.
///
/// Two equal identities are of equal bytes, unless the file was written twice within one tick of
/// the file system's clock: see ``isSettled(at:)``.
public struct FileIdentity: Hashable, Sendable {
  /// Bytes of the file.
  public var size: Int
  /// Nanoseconds since 1970 of the last change of its bytes.
  public var modified: Int64
  /// Nanoseconds since 1970 of the last change of its bytes, name or rights.
  public var changed: Int64
  /// The file's number in its file system.
  public var inode: UInt64

  /// Creates an identity.
  public init(size: Int, modified: Int64, changed: Int64, inode: UInt64) {
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
  }

  /// Whether the file last changed long enough ago that another change would show: more than two
  /// seconds, the coarsest tick there is (git's rule of racy files).
  public func isSettled(at now: Int64) -> Bool {
    max(modified, changed) < now - 2_000_000_000
  }
}
