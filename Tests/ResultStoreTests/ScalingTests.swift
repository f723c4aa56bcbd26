import GRDB
import Records
import TestSupport
import Testing

@testable import ResultStore

/// How the store's questions scale, told by SQLite's own plans and never by a clock.
@Suite("Questions and the size of the store")
struct ScalingTests {
  let folder: TemporaryDirectory
  let store: Store

  init() throws {
    folder = try TemporaryDirectory()
    store = try Store(path: folder.path("nbrun.sqlite"))
    try store.saveAlone(Samples.train())
  }

  @Test("No question of a cached run, of diff, why or show reads a table from end to end")
  func searches() throws {
    let key = String(Samples.key.prefix(8))
    let identity = Samples.environment.identity
    let plans = try plans {
      _ = try store.written(notebook: "a.md")
      _ = try store.newestRecords([(Samples.key, identity)])
      _ = try store.record(key: Samples.key, environment: identity)
      _ = try store.latest(key: key)
      _ = try store.records(key: key)
      _ = try store.keyParts(key: key)
      _ = try store.outcomes(keys: [key])
      _ = try store.outcomes(run: 1)
      _ = try store.record(1)
      _ = try store.sourceEnvironments([(key, "0123abcd")])
      _ = try store.run(1)
      _ = try store.records(run: 1)
      _ = try store.counts(run: 1)
      _ = try store.runs(notebook: "notebooks/a.md")
      _ = try store.latestRecord(cell: "gpt", notebook: "notebooks/a.md")
      _ = try store.lastUse(cell: "gpt", notebook: "notebooks/a.md")
    }
    #expect(plans.count == 18)
    for (sql, steps) in plans {
      #expect(
        !steps.contains { $0.hasPrefix("SCAN ") && !$0.hasPrefix("SCAN (") }, "\(sql)\n\(steps)")
    }
  }

  @Test("The writes of a run find their places by an index")
  func writes() throws {
    let plans = try plans {
      let run = try store.begin(Samples.run())
      try store.save(
        Samples.train(last: 1), run: run, keyParts: [KeyPart(name: "a", value: "b")],
        at: Samples.date)
      try store.reuse([Samples.train("other")], run: run)
      try store.note([WrittenRegion(key: Samples.key, sum: "0123abcd", environment: "")])
      try store.note(WrittenNotebook(state: "s", figures: []), notebook: "a.md")
      try store.finish(run, at: Samples.date)
    }
    #expect(plans.count > 8)
    for (sql, steps) in plans {
      #expect(!steps.contains { $0.hasPrefix("SCAN ") }, "\(sql)\n\(steps)")
    }
  }

  @Test("A run asks the store as often for its fiftieth cell as for its first")
  func questions() throws {
    func count(_ cells: Int) throws -> Int {
      let keys = (0..<cells).map { _ in (key: Samples.key, environment: "") }
      return try statements { _ = try store.newestRecords(keys) }.count
    }
    #expect(try count(50) - count(49) == count(2) - count(1))
  }

  /// The SQL of all statements that the body runs.
  private func statements(_ body: () throws -> Void) throws -> [String] {
    let log = Log()
    try store.read { db in
      db.trace(options: .statement) { event in
        if case .statement(let statement) = event { log.lines.append(statement.sql) }
      }
    }
    try body()
    try store.read { db in db.trace(options: []) }
    return log.lines.filter { line in
      ["SELECT", "INSERT", "UPDATE", "DELETE"].contains { line.hasPrefix($0) }
    }
  }

  /// The same with SQLite's plan of each.
  private func plans(_ body: () throws -> Void) throws -> [(sql: String, steps: [String])] {
    try statements(body).map { sql in
      let steps = try store.read { db in
        try Row.fetchAll(
          db, sql: "EXPLAIN QUERY PLAN \(sql)",
          arguments: StatementArguments(Array(repeating: 1, count: Self.placeholders(in: sql))))
      }
      return (sql, steps.map { $0["detail"] })
    }
  }

  /// How many values a statement has to be given: numbered ones count once.
  private static func placeholders(in sql: String) -> Int {
    let numbered = sql.matches(of: /\?([0-9]+)/).compactMap { Int($0.1) }
    return numbered.max() ?? sql.count { $0 == "?" }
  }

  private final class Log: @unchecked Sendable {
    // Written on the store's one connection only, read after it is done.
    var lines: [String] = []
  }
}
