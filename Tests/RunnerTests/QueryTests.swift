import Diagnostics
import Experiment
import Foundation
import Records
import Runner
import TestSupport
import Testing

@Suite("Queries over a run")
struct QueryTests {
  private let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
    try FileManager.default.createDirectory(
      atPath: folder.path("results"), withIntermediateDirectories: true)
  }

  private func run(_ query: String, steps: Int = 3) throws -> RunReport {
    try folder.write(
      "a.md",
      """
      ```yaml {.nbrun-data #points}
      spirals: {classes: 3, examples: 60}
      ```

      ```yaml {.nbrun-model #net}
      preset: mlp
      features: 2
      hidden: [8]
      classes: 3
      ```

      ```yaml {.nbrun-train #kept}
      model: net
      data: points
      steps: \(steps)
      batch: 4
      ```

      ```yaml {.nbrun-query #q}
      \(query)
      ```

      """)
    var options = RunOptions()
    options.settings.threads = 1
    return try NotebookRun(folder.path("a.md"), options: options, tell: { _ in }).run()
  }

  private func result(_ report: RunReport) -> QueryResult? {
    guard case .query(let result)? = report.record("q")?.output else { return nil }
    return result
  }

  private func diagnostics(_ query: String) -> [String] {
    do {
      _ = try run(query)
      return []
    } catch let fault as RunFault {
      return fault.diagnostics.map { diagnostic in
        let place = diagnostic.position.map { "\($0.line):\($0.column)" } ?? "-"
        return "\(place) \(diagnostic.code): \(diagnostic.message)"
      }
    } catch {
      return ["\(error)"]
    }
  }

  @Test("Columns of sizes and times have units, recorded counts are counts")
  func types() throws {
    let report = try run(
      "sql: SELECT cell, bytes, value FROM memory JOIN metric USING (cell)"
        + " WHERE memory.name = 'peak' AND metric.name = 'steps'")
    let result = try #require(self.result(report))
    #expect(result.columns.map(\.format) == [.plain, .bytes, .plain])
    #expect(result.rows.first?.last == .count(3))
    #expect(!result.isVolatile)
    #expect(report.record("q")?.value("value") == .count(3))
    #expect(report.record("q")?.value("rows") == .count(1))
  }

  @Test("A mistake in a query is found before anything runs, at its word")
  func mistakes() throws {
    #expect(
      diagnostics("sql: |\n  SELECT cell,\n    valu\n  FROM metric")
        == ["22:5 invalid-query: no column is named 'valu'"])
    #expect(
      diagnostics("sql: SELECT 1; DROP TABLE cell") == [
        "20:6 forbidden-query: a query can't use a second statement"
      ])
  }

  @Test("A second run asks again and changes no byte, also where times or the store are asked")
  func idempotent() throws {
    for query in [
      "sql: SELECT * FROM metric", "sql: SELECT * FROM timing",
      "sql: SELECT count(*) FROM history\nscope: project",
      "sql: SELECT run, finished FROM run\nscope: project",
    ] {
      #expect(try run(query).exitCode == .ok)
      let text = try folder.text("a.md")
      let again = try NotebookRun(
        folder.path("a.md"), options: singleThread, tell: { _ in }
      ).run()
      #expect(try folder.text("a.md") == text, "\(query)")
      #expect(!again.wroteNotebook)
    }
  }

  private var singleThread: RunOptions {
    var options = RunOptions()
    options.settings.threads = 1
    return options
  }

  @Test("A query of the store is asked anew once something ran")
  func project() throws {
    let query = "sql: SELECT count(*) AS n FROM history WHERE cell = 'kept'\nscope: project"
    #expect(result(try run(query))?.rows == [[.count(1)]])
    #expect(result(try run(query, steps: 4))?.rows == [[.count(2)]])
  }

  @Test("Times stand in the region of times, as another run may measure others")
  func times() throws {
    _ = try run("sql: SELECT name, seconds FROM timing WHERE name = 'total'")
    let text = try folder.text("a.md")
    let parts = text.split(separator: "<!-- #region nbrun:time q")
    #expect(parts.count == 2)
    #expect(!parts[0].contains("| `name`"))
    #expect(parts[1].contains("| `name`"))
  }

  @Test("A query that goes wrong while it runs fails its cell with the cause")
  func failure() throws {
    let report = try run("sql: SELECT abs(-9223372036854775807 - 1)")
    #expect(report.exitCode == .failed)
    #expect(report.failure("q")?.code == "query-failed")
  }
}
