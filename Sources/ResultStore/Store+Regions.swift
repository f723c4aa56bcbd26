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

  /// The numeric environment of the result that a region was written from; nil where unknown.
  ///
  /// - Parameter key: The key or its first digits, as a notebook's `in=` has them.
  public func sourceEnvironment(key: String, sum: String) throws(StoreFault) -> String? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT environment FROM writtenRegion
          WHERE key >= ?1 AND key < ?1 || 'g' AND sum = ?2 ORDER BY key LIMIT 1
          """)
      return try String.fetchOne(statement, arguments: [key, sum])
    }
  }
}
