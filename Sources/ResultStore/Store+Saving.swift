public import FoundationEssentials
import GRDB
public import Records

extension Store {
  /// Stores the outcome of a cell that was executed, in one transaction.
  ///
  /// - Parameters:
  ///   - record: The outcome; a failed one is kept for display and never satisfies a key.
  ///   - run: The run that executed it, from ``begin(_:)``.
  ///   - keyParts: What the record's key is made of, in order.
  ///   - position: The cell's place in its notebook; nil for the next of the run.
  ///   - date: When it ended.
  public func save(
    _ record: Record, run: Run.Identifier, keyParts: [KeyPart] = [], position: Int? = nil,
    at date: Date
  ) throws(StoreFault) {
    try write { db in
      let identifier = try Store.insert(record, run: run, at: date, db)
      try Store.insertValues(of: record, identifier, db)
      try Store.insertFacts(of: record, identifier, db)
      for (position, part) in keyParts.enumerated() {
        try db.execute(
          sql: "INSERT OR IGNORE INTO keyPart (key, position, name, value) VALUES (?, ?, ?, ?)",
          arguments: [record.key, position, part.name, part.value])
      }
      try Store.link(
        cell: record.id, at: position, to: identifier, run: run, reused: false, db)
    }
  }

  /// Notes in one transaction that a run's cells got their outcomes from the store.
  ///
  /// - Parameters:
  ///   - records: The outcomes as ``record(key:environment:)`` gave them, each under the identifier
  ///     that its cell has in this run.
  ///   - positions: The cells' places in their notebook; those that are missing come last.
  public func reuse(
    _ records: [Record], positions: [String: Int] = [:], run: Run.Identifier
  ) throws(StoreFault) {
    try write { db in
      for record in records {
        let row = try Store.row(key: record.key, environment: record.environmentIdentity, db)
        guard let identifier: Int64 = try row?.value("id") else { continue }
        try Store.link(
          cell: record.id, at: positions[record.id], to: identifier, run: run, reused: true, db)
      }
    }
  }

  private static func insert(
    _ record: Record, run: Run.Identifier, at date: Date, _ db: Database
  ) throws -> Int64 {
    let stored = try StoredRecord(record)
    try db.execute(
      sql: """
        INSERT INTO cellRecord (run, kind, key, environment, status, created, record, series,
          checksum)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        run, record.kind.rawValue, record.key, record.environmentIdentity,
        record.status.rawValue, date.timeIntervalSince1970, stored.text, Data(stored.series),
        stored.checksum,
      ])
    return db.lastInsertedRowID
  }

  private static func link(
    cell: String, at position: Int?, to record: Int64, run: Run.Identifier, reused: Bool,
    _ db: Database
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO runCell (run, cell, position, record, reused)
        VALUES (?1, ?2, coalesce(?5, (SELECT count(*) FROM runCell WHERE run = ?1)), ?3, ?4)
        ON CONFLICT (run, cell) DO UPDATE SET record = excluded.record, reused = excluded.reused
        """,
      arguments: [run, cell, record, reused, position])
  }

  /// Spreads a record's values over the tables that the views read.
  private static func insertValues(
    of record: Record, _ identifier: Int64, _ db: Database
  ) throws {
    let metric = try db.makeStatement(
      sql: "INSERT INTO metricValue (record, name, step, value) VALUES (?, ?, ?, ?)")
    let memory = try db.makeStatement(
      sql: "INSERT OR IGNORE INTO memoryValue (record, name, bytes) VALUES (?, ?, ?)")
    let timing = try db.makeStatement(
      sql: "INSERT OR IGNORE INTO timingValue (record, name, seconds) VALUES (?, ?, ?)")
    for row in record.metricRows {
      try metric.execute(arguments: [identifier, row.name, row.step, row.value])
    }
    for row in record.memoryRows {
      try memory.execute(arguments: [identifier, row.name, row.bytes])
    }
    for row in record.timingRows {
      try timing.execute(arguments: [identifier, row.name, row.seconds])
    }
  }
}

extension Records.Record {
  /// What a record is found by besides its key; empty where no number depends on the machine.
  var environmentIdentity: String { environment?.identity ?? "" }
}
