import Experiment
import Foundation
import Records
import Runner
import TestSupport
import Testing

@Suite("Sweeps over a run")
struct SweepTests {
  private let folder: TemporaryDirectory

  init() throws {
    folder = try TemporaryDirectory()
    try FileManager.default.createDirectory(
      atPath: folder.path("results"), withIntermediateDirectories: true)
  }

  private func run(
    _ train: String, options line: String = "", more: String = "",
    _ change: (inout RunOptions) -> Void = { _ in }
  ) throws -> RunReport {
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

      ```yaml {.nbrun-train #s}
      \(line)model: net
      data: points
      steps: 3
      \(train)
      ```

      \(more)
      """)
    var options = RunOptions()
    options.settings.threads = 1
    change(&options)
    return try NotebookRun(folder.path("a.md"), options: options, tell: { _ in }).run()
  }

  private func outcome(_ report: RunReport, _ id: String) -> String {
    switch report.cells.first(where: { $0.id == id })?.outcome {
    case .ran: "ran"
    case .cached: "cached"
    case .fresh: "fresh"
    case .failed(let failure): failure.code
    case .skipped(let reason): "skipped: \(reason)"
    case nil: "none"
    }
  }

  @Test("A sweep writes one table, and another run executes nothing and changes no byte")
  func table() throws {
    let first = try run("sweep: {checkpoint: [none, {every: 1}], batch: [2, 4]}")
    #expect(first.exitCode == .ok)
    let text = try folder.text("a.md")
    #expect(text.contains("| `checkpoint` | `batch` |"))
    #expect(!text.contains("nbrun:out s["))
    let record = try #require(first.record("s"))
    #expect(record.value("points") == .count(4) && record.value("failed") == .count(0))
    var options = RunOptions()
    options.settings.threads = 1
    let again = try NotebookRun(folder.path("a.md"), options: options, tell: { _ in }).run()
    #expect(!again.wroteNotebook)
    #expect(again.cells.allSatisfy { ["cached", "fresh"].contains(outcome(again, $0.id)) })
    #expect(try folder.text("a.md") == text)
  }

  @Test("A further value runs its points alone")
  func further() throws {
    _ = try run("sweep: {batch: [2, 4]}")
    let report = try run("sweep: {batch: [2, 4, 8]}")
    #expect(outcome(report, "s[batch=2]") == "cached")
    #expect(outcome(report, "s[batch=8]") == "ran")
    #expect(outcome(report, "s") == "ran")
  }

  @Test("Checkpointing changes no bit of a swept run")
  func policies() throws {
    let report = try run("batch: 4\nsweep: {checkpoint: [none, {every: 1}, sqrt]}")
    let digests = ["none", "every:1", "sqrt"].map {
      report.record("s[checkpoint=\($0)]")?.digest["weights"]
    }
    #expect(Set(digests).count == 1 && digests[0] != nil)
  }

  @Test("Failing points are rows with their causes, and the output counts as incomplete")
  func failures() throws {
    let sweep = "batch: 4\nsweep: {memory_limit: [1 GiB, 1 KiB]}"
    let report = try run(sweep)
    #expect(report.exitCode == .memoryLimit)
    #expect(outcome(report, "s[memory_limit=1KiB]") == "memory-limit")
    #expect(outcome(report, "s") == "ran")
    let text = try folder.text("a.md")
    #expect(text.contains("memory-limit: "))
    let open = try OpenNotebook(folder.path("a.md"))
    #expect(open.cellStates.first { $0.id == "s" }?.standing == .incomplete)
    #expect(open.cellStates.count == 3)

    let after = "```yaml {.nbrun-compare #c}\ncells: [s]\n```\n\n"
    #expect(outcome(try run(sweep, more: after), "c") == "none")
    #expect(outcome(try run(sweep, more: after) { $0.keepsGoing = true }, "c") == "ran")
    let fast = try run("batch: 4\nsweep: {memory_limit: [1 KiB, 2 KiB]}") { $0.failsFast = true }
    #expect(outcome(fast, "s[memory_limit=2KiB]") == "none")
  }

  @Test("A sweep that is expected to fail may fail in some points, and is fresh")
  func expected() throws {
    let report = try run(
      "batch: 4\nsweep: {memory_limit: [1 GiB, 1 KiB]}", options: "#| error: true\n")
    #expect(report.exitCode == .ok)
    let open = try OpenNotebook(folder.path("a.md"))
    #expect(open.cellStates.first { $0.id == "s" }?.standing == .fresh)
    #expect(report.record("s")?.value("failed") == .count(1))
  }

  @Test("A point or a whole sweep can be asked for and forced by name")
  func selection() throws {
    let sweep = "sweep: {batch: [2, 4]}"
    let one = try run(sweep) { $0.only = ["s[batch=4]"] }
    #expect(outcome(one, "s[batch=2]") == "skipped: not asked for")
    #expect(outcome(one, "s[batch=4]") == "ran")
    let all = try run(sweep) { $0.force = .cells(["s"]) }
    #expect(outcome(all, "s[batch=2]") == "ran" && outcome(all, "s[batch=4]") == "ran")
    let skipped = try run(sweep) { $0.skip = ["s"] }
    #expect(outcome(skipped, "s[batch=2]") == "skipped: not asked for")
  }

  @Test("Values of points reach claims, prose, evaluations, queries and plots")
  func values() throws {
    let report = try run(
      "sweep: {batch: [2, 4]}",
      more: """
        ```yaml {.nbrun-eval #score}
        train: s
        split: train
        ```

        ```yaml {.nbrun-expect #e}
        - s[batch=4].memory.peak > s[batch=2].memory.peak
        - s.failed = 0 AND s.points = 2
        - score[batch=2].loss > 0
        ```

        ```yaml {.nbrun-query #q}
        sql: |
          SELECT setting.value AS batch, bytes FROM cell JOIN memory USING (cell)
          JOIN setting USING (cell)
          WHERE sweep = 's' AND memory.name = 'peak' AND setting.name = 'batch'
        ```

        ```yaml {.nbrun-plot #p}
        kind: bar
        cells: [s]
        x: batch
        y: memory.peak
        ```

        Peak <!-- nbrun:val s[batch=4].memory.peak -->?<!-- /nbrun:val -->.

        """)
    #expect(report.exitCode == .ok)
    #expect(report.failedClaims.isEmpty)
    guard case .query(let query)? = report.record("q")?.output,
      case .plot(let plot)? = report.record("p")?.output
    else {
      Issue.record("no query or no plot")
      return
    }
    #expect(query.rows.map(\.first) == [.count(2), .count(4)])
    #expect(plot.x.categories == ["2", "4"])
    #expect(try !folder.text("a.md").contains("-->?<!--"))
  }
}
