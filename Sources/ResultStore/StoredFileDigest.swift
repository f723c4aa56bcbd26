import GRDB

/// The digest of a data file, and what the file system said of the file when it was computed.
public struct StoredFileDigest: Hashable, Sendable {
  /// The path from the project's folder.
  public var path: String
  /// Bytes of the file.
  public var size: Int
  /// Nanoseconds since 1970 of the last change of its bytes.
  public var modified: Int64
  /// Nanoseconds since 1970 of the last change of its bytes, name or rights.
  public var changed: Int64
  /// The file's number in its file system; the bits of an unsigned number.
  public var inode: Int64
  /// The digest in hexadecimal digits.
  public var digest: String

  /// Creates an entry.
  public init(
    path: String, size: Int, modified: Int64, changed: Int64, inode: Int64, digest: String
  ) {
    self.path = path
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
    self.digest = digest
  }
}

extension Store {
  /// The digest that is kept of a file.
  public func fileDigest(path: String) throws(StoreFault) -> StoredFileDigest? {
    try read { db in
      try Row.fetchOne(db, sql: "SELECT * FROM fileDigest WHERE path = ?", arguments: [path])
        .map { try StoredFileDigest(row: $0) }
    }
  }

  /// All digests that are kept, by path.
  public func fileDigests() throws(StoreFault) -> [StoredFileDigest] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM fileDigest ORDER BY path")
        .map { try StoredFileDigest(row: $0) }
    }
  }

  /// Keeps digests, each in place of an earlier one of its file.
  public func keep(_ digests: [StoredFileDigest]) throws(StoreFault) {
    try write { db in
      for each in digests {
        try db.execute(
          sql: """
            INSERT OR REPLACE INTO fileDigest (path, size, modified, changed, inode, digest)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            each.path, each.size, each.modified, each.changed, each.inode, each.digest,
          ])
      }
    }
  }

  /// Forgets the digests of files.
  public func forgetFileDigests(paths: [String]) throws(StoreFault) {
    try write { db in
      for path in paths {
        try db.execute(sql: "DELETE FROM fileDigest WHERE path = ?", arguments: [path])
      }
    }
  }
}

extension StoredFileDigest {
  fileprivate init(row: Row) throws {
    self.init(
      path: try row.value("path"), size: try row.value("size"),
      modified: try row.value("modified"), changed: try row.value("changed"),
      inode: try row.value("inode"), digest: try row.value("digest"))
  }
}
