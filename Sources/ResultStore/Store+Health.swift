import GRDB

/// What a store holds, and whether its pages fit together.
public struct StoreHealth: Sendable, Equatable {
  /// The schema's version.
  public var schema: Int
  /// Stored runs.
  public var runs: Int
  /// Stored outcomes of cells.
  public var records: Int
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
        complaints: complaints == ["ok"] ? [] : complaints)
    }
  }
}
