import GRDB
public import Records

extension Store {
  /// The newest successful outcome for a key in each numeric environment, oldest first.
  ///
  /// - Parameter key: The key or its first digits, as a notebook's `in=` has them.
  public func records(key: String) throws(StoreFault) -> [Record] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT * FROM cellRecord WHERE id IN (
            SELECT max(id) FROM cellRecord
            WHERE key >= ?1 AND key < ?1 || 'g' AND status = 'ok' GROUP BY key, environment)
          ORDER BY id
          """)
      return try Row.fetchAll(statement, arguments: [key]).compactMap { Record(row: $0) }
    }
  }
}
