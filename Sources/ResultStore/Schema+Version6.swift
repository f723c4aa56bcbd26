extension Schema {
  /// The digests of large data files, by what the file system said when they were hashed.
  static let version6 = """
    CREATE TABLE fileDigest (
      path TEXT PRIMARY KEY,
      size INTEGER NOT NULL,
      modified INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      inode INTEGER NOT NULL,
      digest TEXT NOT NULL
    ) WITHOUT ROWID;
    """
}
