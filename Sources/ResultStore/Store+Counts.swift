import GRDB

/// How many cells of a run ended in which way.
public struct RunCounts: Sendable, Equatable {
  /// Cells that were executed and succeeded.
  public var ran = 0
  /// Cells whose stored result served.
  public var cached = 0
  /// Cells that failed.
  public var failed = 0
}

extension Store {
  /// How many cells of a run ended in which way.
  public func counts(run: Run.Identifier) throws(StoreFault) -> RunCounts {
    try read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT count(*) FILTER (WHERE NOT reused AND status = 'ok') AS ran,
            count(*) FILTER (WHERE reused) AS cached,
            count(*) FILTER (WHERE NOT reused AND status = 'failed') AS failed
          FROM runCell JOIN cellRecord ON cellRecord.id = runCell.record
          WHERE runCell.run = ?
          """,
        arguments: [run])
      guard let row else { return RunCounts() }
      return RunCounts(
        ran: try row.value("ran"), cached: try row.value("cached"), failed: try row.value("failed"))
    }
  }
}
