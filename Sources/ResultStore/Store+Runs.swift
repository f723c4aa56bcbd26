public import FoundationEssentials
import GRDB
import Records

extension Store {
  /// Notes that a run begins and gives its identifier.
  ///
  /// A run that reuses every result and changes no file is not worth a note.
  public func begin(_ run: Run) throws(StoreFault) -> Run.Identifier {
    try write { db in
      try db.execute(
        sql: """
          INSERT INTO notebookRun (started, notebook, command, gitCommit, gitDirty, gitDiff,
            environment, machine)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          run.started.timeIntervalSince1970, run.notebook, run.command, run.gitCommit,
          run.gitIsDirty, run.gitDiff, try run.environment.map { try RecordText.encoded($0) },
          try run.machine.map { try RecordText.encoded($0) },
        ])
      return db.lastInsertedRowID
    }
  }

  /// Notes that a run has ended.
  public func finish(_ run: Run.Identifier, at date: Date) throws(StoreFault) {
    try write { db in
      try db.execute(
        sql: "UPDATE notebookRun SET finished = ? WHERE id = ?",
        arguments: [date.timeIntervalSince1970, run])
    }
  }

  /// The latest runs, latest first; of one notebook where one is named.
  public func runs(limit: Int = 20, notebook: String? = nil) throws(StoreFault) -> [Run] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT * FROM notebookRun \(notebook == nil ? "" : "WHERE notebook = ?")
          ORDER BY id DESC LIMIT ?
          """,
        arguments: StatementArguments(notebook.map { [$0] } ?? []) + [limit])
      return try rows.map(Run.init(row:))
    }
  }

  /// The run of that identifier.
  public func run(_ identifier: Run.Identifier) throws(StoreFault) -> Run? {
    try read { db in
      try Row.fetchOne(db, sql: "SELECT * FROM notebookRun WHERE id = ?", arguments: [identifier])
        .map(Run.init(row:))
    }
  }
}

extension Run {
  fileprivate init(row: Row) throws {
    self.init(
      notebook: try row.value("notebook"), command: try row.value("command"),
      started: Date(timeIntervalSince1970: try row.value("started")),
      gitCommit: try row.value("gitCommit"), gitIsDirty: try row.value("gitDirty"),
      environment: try (row.value("environment") as String?).map {
        try RecordText.decoded(EnvironmentRecord.self, from: $0)
      })
    identifier = try row.value("id")
    gitDiff = try row.value("gitDiff")
    removedCount = try row.value("removed")
    machine = try (row.value("machine") as String?).map {
      try RecordText.decoded(RunMachine.self, from: $0)
    }
    finished = try (row.value("finished") as Double?).map { Date(timeIntervalSince1970: $0) }
  }
}
