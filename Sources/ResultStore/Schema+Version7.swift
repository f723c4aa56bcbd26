extension Schema {
  /// What was measured of machines: seconds of operations, and other quantities by name.
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

    CREATE TABLE machineQuantity (
      processor TEXT NOT NULL,
      name TEXT NOT NULL,
      value REAL NOT NULL,
      measured REAL NOT NULL,
      PRIMARY KEY (processor, name)
    ) STRICT, WITHOUT ROWID;
    """
}
