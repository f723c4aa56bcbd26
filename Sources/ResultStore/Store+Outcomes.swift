import GRDB
public import Records

extension Store {
  /// The newest successful outcome for each key in each numeric environment, oldest first.
  ///
  /// One transaction reads them all, and takes no record apart whose facts are stored.
  /// - Parameter keys: Keys or their first digits, as a notebook's `in=` has them.
  public func outcomes(keys: [String]) throws(StoreFault) -> [[StoredOutcome]] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT id, kind, status, key FROM cellRecord WHERE id IN (
            SELECT max(id) FROM cellRecord
            WHERE key >= ?1 AND key < ?1 || 'g' AND status = 'ok' GROUP BY key, environment)
          ORDER BY id
          """)
      return try keys.map { key in
        try Row.fetchAll(statement, arguments: [key]).compactMap { try StoredOutcome($0, db) }
      }
    }
  }

  /// The outcomes of a run's cells in the order in which they came, reused and failed included.
  public func outcomes(run: Run.Identifier) throws(StoreFault) -> [RunOutcome] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT cellRecord.id, cellRecord.kind, cellRecord.status, cellRecord.key, runCell.cell,
            runCell.reused
          FROM runCell JOIN cellRecord ON cellRecord.id = runCell.record
          WHERE runCell.run = ? ORDER BY runCell.position
          """,
        arguments: [run])
      return try rows.compactMap { row in
        try StoredOutcome(row, db).map { outcome in
          RunOutcome(
            cell: try row.value("cell"), isReused: try row.value("reused"), outcome: outcome)
        }
      }
    }
  }

  /// A stored record; nil where it is gone or was damaged.
  public func record(_ identifier: StoredEntry.Identifier) throws(StoreFault) -> Record? {
    try read { db in try Store.record(identifier, db) }
  }

  fileprivate static func record(
    _ identifier: StoredEntry.Identifier, _ db: Database
  ) throws -> Record? {
    let statement = try db.cachedStatement(sql: "SELECT * FROM cellRecord WHERE id = ?")
    return try Row.fetchOne(statement, arguments: [identifier]).flatMap { Record(row: $0) }
  }

  /// Stores what a record says in single values.
  static func insertFacts(
    of record: Record, _ identifier: StoredEntry.Identifier, _ db: Database
  ) throws {
    let statement = try db.cachedStatement(
      sql: "INSERT INTO recordFact (record, position, kind, name, value) VALUES (?, ?, ?, ?, ?)")
    for (position, row) in RecordFacts(record).rows.enumerated() {
      try statement.execute(arguments: [identifier, position, row.kind, row.name, row.value])
    }
  }
}

extension StoredOutcome {
  /// Reads a row of `cellRecord` with the facts that belong to it, or with those of its record where
  /// there are none; nil where that was damaged or is of another shape.
  fileprivate init?(_ row: Row, _ db: Database) throws {
    let identifier: StoredEntry.Identifier = try row.value("id")
    if let facts = try RecordFacts(row, identifier, db) {
      self.init(identifier: identifier, facts: facts)
    } else if let record = try Store.record(identifier, db) {
      self.init(identifier: identifier, facts: RecordFacts(record))
    } else {
      return nil
    }
  }
}

extension RecordFacts {
  fileprivate init?(
    _ outcome: GRDB.Row, _ identifier: StoredEntry.Identifier, _ db: Database
  ) throws {
    guard let kind = CellKind(rawValue: try outcome.value("kind")),
      let status = Records.Record.Status(rawValue: try outcome.value("status"))
    else { return nil }
    let statement = try db.cachedStatement(
      sql: "SELECT kind, name, value FROM recordFact WHERE record = ? ORDER BY position")
    let stored = try GRDB.Row.fetchCursor(statement, arguments: [identifier])
    var rows: [Row] = []
    while let row = try stored.next() {
      let columns: (kind: DatabaseValue, name: DatabaseValue) = (row[0], row[1])
      guard case .string(let kind) = columns.kind.storage,
        case .string(let name) = columns.name.storage
      else { return nil }
      rows.append(Row(kind: kind, name: name, value: row[2]))
    }
    self.init(kind: kind, status: status, key: try outcome.value("key"), rows: rows)
  }
}
