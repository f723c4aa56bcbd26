import Diagnostics
import Experiment
import Foundation
import Records
import Runner
import TestSupport
import Testing

@Suite("Plots over a run")
struct PlotTests {
  private let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
    try FileManager.default.createDirectory(
      atPath: folder.path("results"), withIntermediateDirectories: true)
  }

  private func run(_ plot: String) throws -> RunReport {
    func train(_ id: String, _ batch: Int) -> String {
      "```yaml {.nbrun-train #\(id)}\nmodel: net\ndata: points\nsteps: 3\nbatch: \(batch)\n```\n\n"
    }
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

      \(train("small", 2))\(train("large", 4))
      ```yaml {.nbrun-query #sizes}
      sql: SELECT cell, bytes FROM memory WHERE name = 'peak'
      ```

      ```yaml {.nbrun-plot #p}
      \(plot)
      ```

      """)
    var options = RunOptions()
    options.settings.threads = 1
    return try NotebookRun(folder.path("a.md"), options: options, tell: { _ in }).run()
  }

  private func plot(_ text: String) throws -> PlotSummary {
    let report = try run(text)
    guard case .plot(let plot)? = report.record("p")?.output else {
      throw Missing(failure: report.failure("p"))
    }
    return plot
  }

  private struct Missing: Error { let failure: FailureRecord? }

  private func diagnostics(_ text: String) throws -> [String] {
    do {
      _ = try run(text)
      return []
    } catch let fault as RunFault {
      return fault.diagnostics.map { "\($0.message); \($0.notes.joined(separator: "; "))" }
    }
  }

  @Test("Series of cells, rows of a query, values and settings of cells come out as points")
  func sources() throws {
    let series = try plot("cells: [small, large]\nmetric: loss\nlog: y")
    #expect(series.series.map(\.name) == ["small", "large"])
    #expect(series.series[0].points.map(\.x) == [1, 2, 3])
    #expect(series.y.isLogarithmic && series.title == "loss by step" && series.hasLegend)

    let bars = try plot("kind: bar\nquery: sizes\ntitle: Peaks")
    #expect(bars.x.categories == ["small", "large"])
    #expect(bars.y.format == .bytes && bars.title == "Peaks" && !bars.hasLegend)

    let values = try plot(
      "kind: scatter\ncells: [large, small]\nx: batch\ny: memory.peak\nseries: cell")
    #expect(values.series.map { $0.points.map(\.x) } == [[4], [2]])
    #expect(values.y.format == .bytes)

    let sql = try plot(
      "sql: SELECT step, value, cell FROM metric WHERE name = 'loss'\nx: step\nseries: cell")
    #expect(sql.series.count == 2 && sql.series[1].points.count == 3)
  }

  @Test("Plots of times and of the store are marked as what another run finds differently")
  func volatile() throws {
    #expect(try plot("cells: [small]\nx: memory.peak\ny: timing.total\nkind: scatter").isVolatile)
    #expect(
      try plot("sql: SELECT cell, count(*) FROM history GROUP BY 1\nscope: project\nkind: bar")
        .isVolatile)
    #expect(try !plot("cells: [small]\nmetric: loss").isVolatile)
    let text = try folder.text("a.md")
    #expect(text.contains("![loss by step"))
    _ = try run("cells: [small]\nmetric: loss")
    #expect(try folder.text("a.md").contains("![loss by step"))
  }

  @Test("Unknown columns, metrics and values are reported before anything runs")
  func mistakes() throws {
    #expect(
      try diagnostics("query: sizes\nx: cel\ny: bytes")
        == ["the query has no column 'cel'; did you mean 'cell'?"])
    #expect(
      try diagnostics("cells: [small]\nmetric: los")
        == ["no plotted cell has a value 'los'; did you mean 'loss'?"])
    #expect(
      try diagnostics("cells: [small]\nx: batch\ny: memory.peek")
        == ["no plotted cell has a value 'memory.peek'; did you mean 'memory.peak'?"])
    #expect(
      try diagnostics("sql: SELECT cell FROM cell")
        == [
          "a plot needs two columns, the query has 1; select what is along x, then what is along y"
        ])
  }

  @Test("Names where numbers are needed fail the cell with the cause")
  func names() throws {
    let report = try run("sql: SELECT cell, kind FROM cell")
    #expect(report.failure("p")?.message == "the values of 'kind' have to be numbers, found 'data'")
    #expect(report.exitCode == .failed)
  }
}
