import FoundationEssentials
import GRDB
public import Records

extension Store {
  /// The newest successful outcome for that key in that numeric environment.
  ///
  /// A record that can't be read back is passed over, so that its cell is computed again.
  /// - Parameter environment: ``EnvironmentRecord/identity``, or an empty text for cells whose
  ///   records have no environment. The two are never mixed.
  public func record(key: String, environment: String) throws(StoreFault) -> Record? {
    try read { db in
      try Store.row(key: key, environment: environment, db).flatMap { Record(row: $0) }
    }
  }

  /// The latest successful outcomes for that key in that numeric environment, newest first.
  public func records(
    key: String, environment: String, limit: Int
  ) throws(StoreFault) -> [Record] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT * FROM cellRecord WHERE key = ? AND environment = ? AND status = 'ok'
          ORDER BY id DESC LIMIT ?
          """,
        arguments: [key, environment, limit])
      return rows.compactMap { Record(row: $0) }
    }
  }

  /// The newest successful outcome for that key in any environment.
  ///
  /// - Parameter key: The key or its first digits, as a notebook's `in=` has them.
  public func latest(key: String) throws(StoreFault) -> Record? {
    try read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT * FROM cellRecord WHERE key >= ?1 AND key < ?1 || 'g' AND status = 'ok'
          ORDER BY id DESC LIMIT 1
          """,
        arguments: [key])
      return row.flatMap { Record(row: $0) }
    }
  }

  /// The outcomes of a run's cells in the order of the notebook, reused and failed included.
  public func records(run: Run.Identifier) throws(StoreFault) -> [Record] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT cellRecord.*, runCell.cell FROM runCell
          JOIN cellRecord ON cellRecord.id = runCell.record
          WHERE runCell.run = ? ORDER BY runCell.position
          """,
        arguments: [run])
      return try rows.compactMap { Record(row: $0, cell: try $0.value("cell")) }
    }
  }

  /// What the latest run of a notebook with that cell left behind, failed or not.
  public func latestRecord(cell: String, notebook: String) throws(StoreFault) -> Record? {
    try read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT cellRecord.* FROM runCell
          JOIN notebookRun ON notebookRun.id = runCell.run
          JOIN cellRecord ON cellRecord.id = runCell.record
          WHERE runCell.cell = ? AND notebookRun.notebook = ?
          ORDER BY runCell.run DESC LIMIT 1
          """,
        arguments: [cell, notebook])
      return row.flatMap { Record(row: $0, cell: cell) }
    }
  }

  /// The keys and environments of the results that the views tell of a notebook's cells, by cell.
  public func shownResults(
    notebook: String
  ) throws(StoreFault) -> [String: (key: String, environment: String)] {
    try read { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT cell, key, environment FROM cell WHERE notebook = ?",
        arguments: [notebook])
      return try rows.reduce(into: [:]) { results, row in
        results[try row.value("cell")] = (try row.value("key"), try row.value("environment"))
      }
    }
  }

  /// What a key is made of, in order; empty where the store has never seen it.
  ///
  /// - Parameter key: The key or its first digits; where several fit, the parts of the first.
  public func keyParts(key: String) throws(StoreFault) -> [KeyPart] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT name, value FROM keyPart
          WHERE key = (SELECT min(key) FROM keyPart WHERE key >= ?1 AND key < ?1 || 'g')
          ORDER BY position
          """)
      return try Row.fetchAll(statement, arguments: [key]).map {
        KeyPart(name: try $0.value("name"), value: try $0.value("value"))
      }
    }
  }

  /// The row of the newest successful outcome.
  static func row(key: String, environment: String, _ db: Database) throws -> Row? {
    let statement = try db.cachedStatement(
      sql: """
        SELECT * FROM cellRecord WHERE key = ? AND environment = ? AND status = 'ok'
        ORDER BY id DESC LIMIT 1
        """)
    return try Row.fetchOne(statement, arguments: [key, environment])
  }
}

extension Records.Record {
  /// Reads a row of `cellRecord`; nil where it was damaged or is of another shape.
  init?(row: Row, cell: String? = nil) {
    guard let text: String = try? row.value("record"), let series: Data = try? row.value("series"),
      let checksum: Int64 = try? row.value("checksum")
    else { return nil }
    let stored = StoredRecord(text: text, series: Array(series))
    guard stored.checksum == checksum, let record = try? stored.record() else {
      return nil
    }
    self = record
    if let cell { id = cell }
  }
}
