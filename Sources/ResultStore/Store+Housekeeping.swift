public import FoundationEssentials
import GRDB
import Records

extension Store {
  /// All stored outcomes, latest first.
  public func entries() throws(StoreFault) -> [StoredEntry] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT cellRecord.id, cellRecord.kind, cellRecord.key, cellRecord.environment,
            cellRecord.status, cellRecord.created,
            length(cellRecord.record) + length(cellRecord.series) AS bytes,
            EXISTS (
              SELECT 1 FROM cellRecord AS later
              WHERE later.key = cellRecord.key AND later.environment = cellRecord.environment
                AND later.id > cellRecord.id
                AND (later.status = 'ok' OR cellRecord.status = 'failed')) AS superseded,
            notebookRun.notebook, last.cell
          FROM cellRecord
          LEFT JOIN (SELECT record, max(run) AS run, cell FROM runCell GROUP BY record) AS last
            ON last.record = cellRecord.id
          LEFT JOIN notebookRun ON notebookRun.id = last.run
          ORDER BY cellRecord.id DESC
          """)
      return try rows.map(StoredEntry.init(row:))
    }
  }

  /// Removes outcomes with all that belongs to them, and runs that have none left.
  ///
  /// - Parameter date: runs that began later are left alone, as they may be going on.
  public func remove(
    _ entries: [StoredEntry.Identifier], runsBefore date: Date
  ) throws(StoreFault) {
    try write { db in
      let counts = try db.makeStatement(
        sql: """
          UPDATE notebookRun SET removed = removed + (
            SELECT count(*) FROM runCell WHERE run = notebookRun.id AND record = ?1)
          WHERE id IN (SELECT run FROM runCell WHERE record = ?1)
          """)
      let links = try db.makeStatement(sql: "DELETE FROM runCell WHERE record = ?")
      let records = try db.makeStatement(sql: "DELETE FROM cellRecord WHERE id = ?")
      for entry in entries {
        try counts.execute(arguments: [entry])
        try links.execute(arguments: [entry])
        try records.execute(arguments: [entry])
      }
      try db.execute(
        sql: "DELETE FROM keyPart WHERE key NOT IN (SELECT key FROM cellRecord)")
      try db.execute(
        sql: "DELETE FROM writtenRegion WHERE key NOT IN (SELECT key FROM cellRecord)")
      try db.execute(
        sql: """
          DELETE FROM notebookRun WHERE started < ?
            AND id NOT IN (SELECT run FROM runCell) AND id NOT IN (SELECT run FROM cellRecord)
          """, arguments: [date.timeIntervalSince1970])
    }
  }

  /// Gives what removed outcomes took back to the file system; where another process is busy with
  /// the store, the space is used for later outcomes instead.
  public func shrink() {
    try? queue.writeWithoutTransaction { db in
      try db.execute(sql: "VACUUM")
      try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }

  /// Reads every outcome and tells those that are damaged.
  public func damagedEntries() throws(StoreFault) -> [StoredEntry.Identifier] {
    try read { db in
      let rows = try Row.fetchCursor(db, sql: "SELECT * FROM cellRecord ORDER BY id")
      var damaged: [StoredEntry.Identifier] = []
      while let row = try rows.next() {
        guard Records.Record(row: row) == nil else { continue }
        damaged.append(try row.value("id"))
      }
      return damaged
    }
  }

  /// How a notebook's cell last came by its outcome: the run, and whether it was reused.
  public func lastUse(
    cell: String, notebook: String
  ) throws(StoreFault) -> (run: Run.Identifier, isReused: Bool)? {
    try read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT runCell.run, runCell.reused FROM runCell
          JOIN notebookRun ON notebookRun.id = runCell.run
          WHERE runCell.cell = ? AND notebookRun.notebook = ? ORDER BY runCell.run DESC LIMIT 1
          """,
        arguments: [cell, notebook])
      return try row.map { (try $0.value("run"), try $0.value("reused")) }
    }
  }
}

extension StoredEntry {
  fileprivate init(row: Row) throws {
    identifier = try row.value("id")
    kind = CellKind(rawValue: try row.value("kind"))
    key = try row.value("key")
    environment = try row.value("environment")
    isFailure = try row.value("status") == "failed"
    created = Date(timeIntervalSince1970: try row.value("created"))
    bytes = try row.value("bytes")
    isSuperseded = try row.value("superseded")
    notebook = try row.value("notebook")
    cell = try row.value("cell")
  }
}
