import GRDBSQLite

/// Stops a query that takes too long or too much memory: SQLite asks every thousand steps.
///
/// The rows that are copied for a query have the same bound as what it needs itself.
final class QueryWatch {
  /// What a query may take.
  struct Limits: Sendable {
    var seconds = 5
    var bytes = 256 << 20
  }

  let limits: Limits
  private(set) var fault: QueryFault?
  private var deadline: ContinuousClock.Instant
  private var baseline: Int64

  init(limits: Limits) {
    self.limits = limits
    deadline = .now + .seconds(limits.seconds)
    baseline = sqlite3_memory_used()
  }

  /// Lets the clock begin; what SQLite holds now does not count.
  func begin() {
    deadline = .now + .seconds(limits.seconds)
    baseline = sqlite3_memory_used()
  }

  /// Whether SQLite took more memory than it may since the watch was made or the clock began.
  var holdsTooMuch: Bool { sqlite3_memory_used() - baseline > Int64(limits.bytes) }

  /// Whether the query has to stop.
  func shouldStop() -> Bool {
    if holdsTooMuch {
      fault = .tooLarge(bytes: limits.bytes)
    } else if ContinuousClock.now > deadline {
      fault = .tooSlow(seconds: limits.seconds)
    }
    return fault != nil
  }
}
