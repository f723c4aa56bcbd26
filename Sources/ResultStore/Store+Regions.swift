import GRDB

extension Store {
  /// Notes from which results regions were written.
  public func note(_ regions: [WrittenRegion]) throws(StoreFault) {
    try write { db in
      let statement = try db.makeStatement(
        sql: "INSERT OR REPLACE INTO writtenRegion (key, sum, environment) VALUES (?, ?, ?)")
      for region in regions {
        try statement.execute(arguments: [region.key, region.sum, region.environment])
      }
    }
  }

  /// The numeric environments of the results that regions were written from, in one transaction;
  /// nil where unknown.
  ///
  /// - Parameter regions: For each the key or its first digits, as a notebook's `in=` has them, and
  ///   the digest of its body.
  public func sourceEnvironments(
    _ regions: [(key: String, sum: String)]
  ) throws(StoreFault) -> [String?] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT environment FROM writtenRegion
          WHERE key >= ?1 AND key < ?1 || 'g' AND sum = ?2 ORDER BY key LIMIT 1
          """)
      return try regions.map { try String.fetchOne(statement, arguments: [$0.key, $0.sum]) }
    }
  }
}
