public import FoundationEssentials
import GRDB

extension Store {
  /// Seconds of operations that were measured in a setup, by operation.
  public func operationCosts(in setup: MachineSetup) throws(StoreFault) -> [String: Double] {
    try read { db in try Store.costs(in: setup, db) }
  }

  /// All measured costs, by setup and operation.
  public func operationCosts() throws(StoreFault) -> [StoredCost] {
    try read { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM operationCost ORDER BY processor, kernels, threads, operation"
      ).map { try StoredCost(row: $0) }
    }
  }

  /// Keeps seconds of operations, where none are kept that make sense.
  ///
  /// - Returns: what is kept of all operations of the setup now. Where another process measured one
  ///   at the same time, all plans are made with what was kept first.
  public func keep(
    _ seconds: [String: Double], in setup: MachineSetup, at date: Date
  ) throws(StoreFault) -> [String: Double] {
    try write { db in
      for (operation, seconds) in seconds.sorted(by: { $0.key < $1.key }) {
        try db.execute(
          sql: """
            INSERT INTO operationCost (processor, kernels, threads, operation, seconds, measured)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET seconds = excluded.seconds, measured = excluded.measured
            WHERE typeof(seconds) <> 'real' OR seconds <= 0 OR seconds >= 1e6
            """,
          arguments: [
            setup.processor, setup.kernels, setup.threads, operation, seconds,
            date.timeIntervalSince1970,
          ])
      }
      return try Store.costs(in: setup, db)
    }
  }

  /// Forgets all measured costs of operations; how many there were.
  public func forgetOperationCosts() throws(StoreFault) -> Int {
    try write { db in
      try db.execute(sql: "DELETE FROM operationCost")
      return db.changesCount
    }
  }

  private static func costs(in setup: MachineSetup, _ db: Database) throws -> [String: Double] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT operation, seconds FROM operationCost
        WHERE processor = ? AND kernels = ? AND threads = ?
        """,
      arguments: [setup.processor, setup.kernels, setup.threads])
    var costs: [String: Double] = [:]
    for row in rows {
      // One that can't be read is as good as not measured.
      guard let operation: String = try? row.value("operation"),
        let seconds: Double = try? row.value("seconds"), StoredCost.isPlausible(seconds)
      else { continue }
      costs[operation] = seconds
    }
    return costs
  }
}
