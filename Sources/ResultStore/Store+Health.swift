import GRDB

/// What a store holds, and whether its pages fit together.
public struct StoreHealth: Sendable, Equatable {
  /// The schema's version.
  public var schema: Int
  /// Stored runs.
  public var runs: Int
  /// Stored outcomes of cells.
  public var records: Int
  /// Operations whose time was measured, by machine and threads.
  public var costs: [MachineSetup: Int]
  /// What SQLite's `quick_check` complains of; empty where all is well.
  public var complaints: [String]
}

extension Store {
  /// The version of the SQLite library in use.
  public static var libraryVersion: String {
    (try? DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }) ?? "?"
  }

  /// Reads the whole store once and tells how it is.
  public func health() throws(StoreFault) -> StoreHealth {
    try read { db in
      let complaints = try String.fetchAll(db, sql: "PRAGMA quick_check(5)")
      return StoreHealth(
        schema: try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0,
        runs: try Int.fetchOne(db, sql: "SELECT count(*) FROM notebookRun") ?? 0,
        records: try Int.fetchOne(db, sql: "SELECT count(*) FROM cellRecord") ?? 0,
        costs: try Store.costCounts(db), complaints: complaints == ["ok"] ? [] : complaints)
    }
  }

  private static func costCounts(_ db: Database) throws -> [MachineSetup: Int] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT processor, kernels, threads, count(*) AS count FROM operationCost
        GROUP BY processor, kernels, threads
        """)
    var counts: [MachineSetup: Int] = [:]
    for row in rows {
      // One that was changed by hand costs nothing else.
      guard let setup = try? MachineSetup(row: row), let count: Int = try? row.value("count")
      else { continue }
      counts[setup] = count
    }
    return counts
  }
}
