import GRDB

extension Store {
  /// How the latest whole run left a notebook; nil where an older nbrun noted it in another form.
  public func written(notebook: String) throws(StoreFault) -> WrittenNotebook? {
    try read { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT state, figures FROM writtenNotebook WHERE notebook = ?",
        arguments: [notebook])
      return try row.flatMap { row in
        let figures = try? RecordText.decoded([String].self, from: try row.value("figures"))
        return try figures.map {
          WrittenNotebook(state: try row.value("state"), figures: $0)
        }
      }
    }
  }

  /// Notes how a whole run left a notebook.
  public func note(_ written: WrittenNotebook, notebook: String) throws(StoreFault) {
    try write { db in
      try db.execute(
        sql: "INSERT OR REPLACE INTO writtenNotebook (notebook, state, figures) VALUES (?, ?, ?)",
        arguments: [notebook, written.state, try RecordText.encoded(written.figures)])
    }
  }

  /// The identifiers of the newest successful outcomes for keys in their numeric environments; nil
  /// where there is none.
  public func newestRecords(
    _ keys: [(key: String, environment: String)]
  ) throws(StoreFault) -> [Int64?] {
    try read { db in
      let statement = try db.makeStatement(
        sql: "SELECT max(id) FROM cellRecord WHERE key = ? AND environment = ? AND status = 'ok'")
      return try keys.map {
        try Int64?.fetchOne(statement, arguments: [$0.key, $0.environment]) ?? nil
      }
    }
  }
}
