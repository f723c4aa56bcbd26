import Records
import TestSupport
import Testing

@testable import ResultStore

@Suite("Queries")
struct QueryTests {
  private static let cells = [
    QueriedCell(
      notebook: "a.md", record: Samples.train("gpt"),
      settings: [KeyPart(name: "batch", value: "4"), KeyPart(name: "checkpoint", value: "sqrt")]),
    QueriedCell(
      notebook: "a.md", record: Samples.train("gpt[batch=2]", key: "ab", last: 1.5),
      settings: [KeyPart(name: "batch", value: "2")]),
  ]

  private func answer(_ sql: String, maxRows: Int = 100) throws(QueryFault) -> QueryAnswer {
    try ResultQuery(sql, maxRows: maxRows)
      .answer(from: Self.cells, environment: Samples.environment)
  }

  private func fault(_ sql: String, scope: QueryScope = .notebook) -> QueryFault? {
    do {
      try ResultQuery(sql, scope: scope).check()
      return nil
    } catch {
      return error
    }
  }

  @Test("A query of a run sees its series, sizes, times, settings, digests and environment")
  func views() throws {
    let series = try answer("SELECT cell, step, value FROM metric WHERE name = 'loss'")
    #expect(series.columns == ["cell", "step", "value"])
    #expect(series.rows.first == [.text("gpt"), .integer(1), .real(5.5)])
    #expect(series.total == 4)
    let joined = try answer(
      """
      SELECT cell.cell, sweep, bytes, seconds, setting.value, digest.value, kernels
      FROM cell JOIN memory USING (cell) JOIN timing USING (cell) JOIN setting USING (cell)
      JOIN digest USING (cell), run
      WHERE memory.name = 'peak' AND timing.name = 'total' AND setting.name = 'batch'
      ORDER BY position -- the order of the notebook
      ;
      """)
    let weights = QueryValue.text(String(repeating: "9b", count: 32))
    #expect(
      joined.rows == [
        [.text("gpt"), .null, .integer(4096), .real(1), .integer(4), weights, .text("avx512")],
        [
          .text("gpt[batch=2]"), .text("gpt"), .integer(4096), .real(1), .integer(2), weights,
          .text("avx512"),
        ],
      ])
    #expect(joined.views == ["cell", "memory", "timing", "setting", "digest", "run"])
  }

  @Test("Rows beyond the limit are counted and not kept")
  func limit() throws {
    let answer = try answer("SELECT * FROM metric", maxRows: 3)
    #expect(answer.rows.count == 3)
    #expect(answer.total > 3)
  }

  @Test("A query of the project finds what the store's runs left, latest first where it asks so")
  func project() throws {
    let folder = try TemporaryDirectory()
    let store = try Store(path: folder.path("store.sqlite"))
    let run = try store.begin(Samples.run())
    try store.save(
      Samples.train("gpt[batch=2]"), run: run,
      keyParts: [KeyPart(name: "batch", value: "2"), KeyPart(name: "lr", value: "1e-3")],
      at: Samples.date)
    try store.saveAlone(Samples.train("gpt[batch=2]", last: 1.25))
    func rows(_ sql: String) throws(QueryFault) -> [[QueryValue]] {
      try store.answer(ResultQuery(sql, scope: .project)).rows
    }
    #expect(
      try rows("SELECT value FROM metric WHERE name = 'loss.last'") == [[.real(1.25)]])
    #expect(
      try rows("SELECT sweep, run FROM history ORDER BY run DESC")
        == [[.text("gpt"), .integer(2)], [.text("gpt"), .integer(1)]])
    #expect(
      try rows("SELECT name, value FROM setting")
        == [[.text("batch"), .integer(2)], [.text("lr"), .real(0.001)]])
    #expect(try rows("SELECT length(value) FROM digest") == [[.integer(64)]])
    #expect(try rows("SELECT date(started) FROM run LIMIT 1") == [[.text("2023-11-14")]])
  }

  @Test("A mistyped view, column or function is named with the nearest known one")
  func suggestions() {
    func notes(_ sql: String) -> [String] { fault(sql)?.notes ?? [] }
    #expect(notes("SELECT cell FROM metrics") == ["did you mean 'metric'?"])
    #expect(notes("SELECT valu FROM metric").first == "did you mean 'value'?")
    #expect(notes("SELECT m.bites FROM memory AS m").first == "did you mean 'bytes'?")
    #expect(notes("SELECT agv(value) FROM metric").first == "did you mean 'avg'?")
    #expect(notes("SELECT created FROM cell") == ["it is known with 'scope: project'"])
    #expect(fault("SELECT \"loss\" FROM metric")?.place.word == "loss")
    #expect(fault("SELECT FROM metric")?.place.offset == 7)
    #expect(fault(" -- nothing\n") == .empty)
  }

  @Test(
    "Nothing but reading the views is possible",
    arguments: [
      "SELECT name FROM sqlite_schema", "SELECT * FROM pragma_database_list",
      "SELECT * FROM json_each('[1]')", "SELECT count(*) FROM sqlite_schema",
      "ATTACH 'x.sqlite' AS x", "PRAGMA table_info(cell)",
      "DELETE FROM cell", "UPDATE cell SET cell = 1", "INSERT INTO run VALUES (1, 2, 3, 4, 5)",
      "CREATE TABLE t (a)", "CREATE TEMP VIEW v AS SELECT 1", "DROP TABLE cell", "VACUUM",
      "BEGIN", "EXPLAIN SELECT 1", "SELECT load_extension('x')", "SELECT random()",
      "SELECT randomblob(9)", "SELECT date('now')", "SELECT sqlite_version()",
      "SELECT readfile('/etc/passwd')", "SELECT 1; SELECT 2", "SELECT 1; DROP TABLE cell",
      "SELECT ?", "SELECT :name", "VALUES (writefile('x', 'y'))",
      "WITH cell AS (SELECT * FROM sqlite_schema) SELECT * FROM cell",
      "SELECT * FROM cell UNION SELECT * FROM cellRecord", "REINDEX", "ANALYZE",
    ])
  func forbidden(sql: String) {
    #expect(fault(sql) != nil)
    #expect(fault(sql, scope: .project) != nil || sql.contains("date("))
  }

  @Test("A query that goes on for ever, or for all memory, is stopped")
  func bombs() {
    func stopped(
      _ sql: String, after seconds: Int = 3600, bytes: Int = 1 << 20
    ) -> QueryFault? {
      var query = ResultQuery(sql)
      query.limits = QueryWatch.Limits(seconds: seconds, bytes: bytes)
      do {
        _ = try query.answer(from: Self.cells, environment: Samples.environment)
        return nil
      } catch {
        return error
      }
    }
    let numbers = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
    // SQLite counts the memory of all its connections, those of other tests too.
    let all = Int.max
    #expect(
      stopped("\(numbers) SELECT count(*) FROM n", after: 1, bytes: all) == .tooSlow(seconds: 1))
    #expect(
      stopped("\(numbers.replacing("UNION ALL", with: "UNION")) SELECT count(*) FROM n")
        == .tooLarge(bytes: 1 << 20))
    #expect(stopped("SELECT group_concat(printf('%99999d', 1)) FROM metric a, metric b") != nil)
    #expect(stopped("SELECT \(String(repeating: "(", count: 5000))1") != nil)
  }

  @Test("A query stops where a view that it reads is too large, whatever it asks of it")
  func largeViews() throws {
    let folder = try TemporaryDirectory()
    let store = try Store(path: folder.path("store.sqlite"))
    var record = Samples.train("gpt")
    record.metrics["loss"] = MetricSeries(
      points: (1...50_000).map { MetricSeries.Point(step: $0, value: Double($0)) })
    try store.saveAlone(record)
    var query = ResultQuery("SELECT value FROM metric WHERE step = 7", scope: .project)
    #expect(try store.answer(query).rows == [[.real(7)]])
    query.limits.bytes = 1 << 18
    let fault = #expect(throws: QueryFault.self) { try store.answer(query) }
    #expect(fault == .tooManyRows(view: "metric", bytes: 1 << 18))
    let cells = [QueriedCell(notebook: "a.md", record: record, settings: [])]
    #expect(throws: QueryFault.tooManyRows(view: "metric", bytes: 1 << 18)) {
      try query.answer(from: cells, environment: Samples.environment)
    }
  }

  @Test("Random text is answered or refused, and never anything else")
  func fuzz() {
    var generator = RepeatableGenerator(seed: 0x51)
    let words = [
      "SELECT", "FROM", "cell", "metric", "value", "WHERE", "'a'", "1", "(", ")", ",", "*", "=",
      "JOIN", "USING", "GROUP BY", "ORDER BY", "LIMIT", "WITH", "AS", "RECURSIVE", "UNION", ";",
      "--", "/*", "*/", "\"", "'", "x'00'", "?", "@a", "PRAGMA", "ATTACH", "max", "-9e999", "\u{0}",
      "NULL", "CASE", "WHEN", "END", "OVER", "é", "\u{1B}[2J", "9223372036854775808", ".", "||",
    ]
    for _ in 0..<2000 {
      let count = Int.random(in: 1...12, using: &generator)
      let text = (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }
        .joined(separator: " ")
      var query = ResultQuery("SELECT " + text, maxRows: 2)
      query.limits.seconds = 1
      do {
        let answer = try query.answer(from: Self.cells, environment: Samples.environment)
        #expect(answer.rows.count <= 2, "SELECT \(text)")
      } catch {
        #expect(!error.message.isEmpty, "SELECT \(text)")
      }
    }
  }
}
