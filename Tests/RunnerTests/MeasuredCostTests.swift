import Experiment
import Foundation
import Records
import ResultStore
import TestSupport
import Testing

@testable import Runner

@Suite("cost: measured")
struct MeasuredCostTests {
  private static let notebook =
    SmallProject.notebook + """

      ```yaml {.nbrun-train #measured}
      model: net
      data: spirals
      steps: 5
      batch: 8
      optimizer: {adamw: {lr: 0.01}}
      checkpoint: minimum
      cost: measured
      ```

      ```yaml {.nbrun-plan #plans}
      model: net
      batch: 8
      policies: [none, minimum]
      cost: measured
      ```

      ```yaml {.nbrun-compare #policies}
      cells: [kept, measured]
      baseline: kept
      show: [loss.last]
      ```

      """

  /// A run, and of which cells how many operations were measured.
  private func run(
    _ project: SmallProject, _ change: (inout RunOptions) -> Void = { _ in }
  ) throws -> (records: [String: Record], measured: [String: Int]) {
    var options = project.options
    change(&options)
    var measured: [String: Int] = [:]
    let report = try NotebookRun(project.path, options: options) {
      if case .measuring(let cell, let operations) = $0 { measured[cell] = operations }
    }.run()
    #expect(report.exitCode == .ok)
    let records = report.cells.compactMap { cell in cell.record.map { (cell.id, $0) } }
    return (Dictionary(uniqueKeysWithValues: records), measured)
  }

  private func store(_ project: SmallProject) throws -> Store {
    try Store(path: project.folder.path("results/nbrun.sqlite"))
  }

  @Test("Operations are measured once, for all cells and runs, and change no number")
  func once() throws {
    let project = try SmallProject(Self.notebook)
    let first = try run(project)
    #expect(first.measured.keys.sorted() == ["measured"])
    let record = try #require(first.records["measured"])
    #expect(record.digest == first.records["kept"]?.digest)
    #expect(record.memory?.measuredPeak == record.memory?.plannedPeak)
    #expect(record.costs?.operations.count == first.measured["measured"])
    #expect(first.records["plans"]?.costs == record.costs)
    #expect(first.records["kept"]?.costs == nil)
    let second = try run(project) { $0.force = .all }
    #expect(second.measured.isEmpty)
    #expect(second.records["measured"]?.costs == record.costs)
    #expect(second.records["measured"]?.memory == record.memory)
    #expect(second.records["measured"]?.recompute == record.recompute)
    #expect(second.records["plans"]?.output == first.records["plans"]?.output)
    #expect(try run(project).measured.isEmpty)
  }

  @Test(
    "What 'plan' tells before a run is what the run reserves, and the run measures nothing more")
  func planned() throws {
    let project = try SmallProject(Self.notebook)
    var told: [String] = []
    func forecast() throws -> MemoryForecast {
      try MemoryForecast(CellAddress(project.path), options: project.options, maximum: nil) {
        cell, _ in told.append(cell)
      }
    }
    let forecast1 = try forecast()
    #expect(told == ["measured"])
    let run = try run(project)
    #expect(run.measured.isEmpty)
    for id in ["measured", "plans"] {
      let summary = try #require(forecast1.cells.first { $0.id == id }?.plan)
      let record = try #require(run.records[id])
      if case .plan(let plan) = record.output {
        #expect(plan == summary)
      } else {
        #expect(summary.rows.first?.memory.plannedPeak == record.memory?.measuredPeak)
        #expect(summary.rows.first?.memory.reserved == record.memory?.reserved)
        #expect(summary.rows.first?.recompute == record.recompute)
      }
    }
    _ = try forecast()
    #expect(told.count == 1)
  }

  @Test("Without a store a plan measures, keeps nothing, and changes no number")
  func noStore() throws {
    let project = try SmallProject(Self.notebook)
    let run = try run(project) { $0.usesStore = false }
    #expect(run.measured.count == 1)
    #expect(run.records["measured"]?.digest == run.records["kept"]?.digest)
    var options = project.options
    options.usesStore = false
    _ = try MemoryForecast(CellAddress(project.path), options: options, maximum: nil)
    #expect(!FileManager.default.fileExists(atPath: project.folder.path("results/nbrun.sqlite")))
  }

  @Test("A second run that checks the first plans with its costs, whatever was measured since")
  func rerun() throws {
    let project = try SmallProject(Self.notebook)
    let first = try run(project)
    let store = try store(project)
    _ = try store.forgetOperationCosts()
    let rerun = try NotebookRerun(project.path, options: project.options) {
      if case .measuring(let cell, _) = $0 { Issue.record("\(cell) is measured") }
    }
    #expect(rerun.exitCode == .ok, "\(rerun.findings)")
    #expect(first.records["measured"]?.costs != nil)
  }

  @Test("Costs that were changed by hand, or made up, decide the plan and end nothing")
  func changed() throws {
    let project = try SmallProject(Self.notebook)
    let first = try run(project)
    let store = try store(project)
    let entry = try #require(try store.operationCosts().first)
    let names = try store.operationCosts().map(\.operation)
    _ = try store.forgetOperationCosts()
    let costs = Dictionary(uniqueKeysWithValues: names.map { ($0, 123.5) })
    _ = try store.keep(costs, in: entry.setup, at: Date())
    let second = try run(project) { $0.force = .all }
    #expect(second.measured.isEmpty)
    #expect(second.records["measured"]?.costs?.operations == costs)
    #expect(second.records["measured"]?.digest == first.records["measured"]?.digest)
  }

  @Test("'cache costs' lists what was measured and forgets it; 'doctor' tells how much there is")
  func commands() throws {
    let project = try SmallProject(Self.notebook)
    let count = try #require(try run(project).measured["measured"])
    let costs = try CacheCosts(of: project.folder.path, storePath: nil)
    #expect(costs.costs.count == count)
    #expect(costs.json.text.contains("\"seconds\""))
    let report = MachineReport(storePath: project.folder.path("results/nbrun.sqlite"))
    let facts = report.sections.first { $0.title == "store" }?.facts
    let fact = facts?.first { $0.name == "measured costs" }?.value
    #expect(fact?.hasPrefix("\(count) operations (") == true)
    #expect(try costs.forget() == count)
    #expect(try CacheCosts(of: project.folder.path, storePath: nil).costs.isEmpty)
    #expect(try run(project) { $0.force = .all }.measured == ["measured": count])
  }

  @Test("'show --json' has the costs that the plan was made with")
  func shown() throws {
    let project = try SmallProject(Self.notebook)
    let record = try #require(try run(project).records["measured"])
    let shown = try ShownRecord(CellAddress("\(project.path)#measured"), options: project.options)
    struct Shown: Decodable { var costs: [String: Double] }
    let json = try JSONDecoder().decode(Shown.self, from: Data(shown.json.text.utf8))
    #expect(json.costs == record.costs?.operations)
  }

  @Test("A comparison certifies cells that differ in their policy and its costs alone")
  func certified() throws {
    let project = try SmallProject(Self.notebook)
    let record = try #require(try run(project).records["policies"])
    guard case .compare(let comparison) = record.output else {
      Issue.record("no comparison")
      return
    }
    #expect(comparison.certificates?.first?.cells == ["kept", "measured"])
  }

  @Test("A run with other costs than the notebook's leaves the notebook as it is")
  func overridden() throws {
    let project = try SmallProject()
    let before = try project.text
    try project.run { $0.settings.cost = .measured }
    #expect(try project.text == before)
  }
}
