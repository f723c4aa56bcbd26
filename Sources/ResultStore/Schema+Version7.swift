extension Schema {
  /// What was measured of machines: seconds of operations, and of transfers to and from the disk.
  static let version7 = """
    CREATE TABLE operationCost (
      processor TEXT NOT NULL,
      kernels TEXT NOT NULL,
      threads INTEGER NOT NULL,
      operation TEXT NOT NULL,
      seconds REAL NOT NULL,
      measured REAL NOT NULL,
      PRIMARY KEY (processor, kernels, threads, operation)
    ) STRICT, WITHOUT ROWID;
    """
}
