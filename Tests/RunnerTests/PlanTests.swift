import Diagnostics
import Records
import Runner
import TestSupport
import Testing

@Suite("plan")
struct PlanTests {
  @Test("What a plan says before a run is what the run reserves and reaches")
  func planned() throws {
    let project = try SmallProject()
    let forecast = try MemoryForecast(
      CellAddress(project.path), options: project.options, maximum: nil)
    let report = try project.run()
    #expect(forecast.cells.map(\.id) == ["kept", "again"])
    for cell in forecast.cells {
      let record = report.cells.first { $0.id == cell.id }?.record
      let row = try #require(cell.plan.rows.first)
      #expect(row.memory.plannedPeak == record?.memory?.measuredPeak)
      #expect(row.memory.reserved == record?.memory?.reserved)
      #expect(row.recompute == record?.recompute)
    }
  }

  @Test(
    "A plan directive says of a run that clips or accumulates what the run's own plan says",
    arguments: ["", "clip_norm: 1", "accumulate: 2", "optimizer: {adamw: {in_backward: false}}"])
  func gatheredGradients(line: String) throws {
    let settings = "batch: 8\n\(line.isEmpty ? "log_every: 1" : line)\n"
    let train = "model: net\ndata: spirals\nsteps: 5\ncheckpoint: {every: 3}\n" + settings
    let plan =
      "model: net\npolicies: [{every: 3}]\n" + settings.replacing("log_every: 1\n", with: "")
    let project = try SmallProject(
      SmallProject.notebook + "\n```yaml {.nbrun-train #t}\n\(train)```\n\n"
        + "```yaml {.nbrun-plan #p}\n\(plan)```\n")
    let forecast = try MemoryForecast(
      CellAddress(project.path), options: project.options, maximum: nil)
    let rows = ["t", "p"].map { id in forecast.cells.first { $0.id == id }?.plan.rows.first }
    #expect(try #require(rows[0]).memory == #require(rows[1]).memory)
    // All gradients together need more than the largest of them.
    let usual = try #require(forecast.cells.first { $0.id == "again" }?.plan.rows.first).memory
    #expect((rows[0]?.memory.plannedPeak ?? 0 > usual.plannedPeak) == !line.isEmpty)
  }

  @Test("A budget that no plan meets is told, with what the smallest plan reserves")
  func unmetBudget() throws {
    let plan = "{model: net, batch: 8, policies: [{budget: 1 GiB}, {budget: 1}, none, minimum]}"
    let report = try SmallProject(
      SmallProject.notebook + "\n```yaml {.nbrun-plan #p}\n\(plan)\n```\n"
    ).run()
    guard case .plan(let summary)? = report.record("p")?.output else {
      Issue.record("no plan")
      return
    }
    #expect(summary.rows.map(\.unmetBudget) == [nil, 1, nil, nil])
  }

  @Test("A plan above the maximum is refused with what it needs")
  func refused() throws {
    let project = try SmallProject()
    let forecast = try MemoryForecast(
      CellAddress("\(project.path)#kept"), options: project.options, maximum: 1000)
    #expect(forecast.exitCode == .memoryLimit)
    #expect(forecast.refusals.map(\.code) == ["memory-limit"])
    #expect(forecast.refusals.first?.notes.isEmpty == false)
  }

  @Test("Of a train cell that is named, a plan tells the planner's ways and the largest batch")
  func named() throws {
    let project = try SmallProject()
    let all = try MemoryForecast(
      CellAddress(project.path), options: project.options, maximum: 1 << 20)
    #expect(all.cells.allSatisfy { $0.plan.ways == nil })
    let one = try MemoryForecast(
      CellAddress("\(project.path)#kept"), options: project.options, maximum: 1 << 20)
    let plan = try #require(one.cells.first?.plan)
    let row = try #require(plan.rows.first)
    #expect(plan.ways?.first?.reserved == row.memory.reserved)
    let least = try #require(plan.smallest)
    #expect(least.reserved <= row.memory.reserved)
    #expect((row.largestBatch ?? 0) > 8)
    for (maximum, fits) in [(least.reserved, true), (least.reserved - 1, false)] {
      let project = try SmallProject()
      try project.edit("checkpoint: {every: 3}", "checkpoint: {budget: \(maximum)}")
      let forecast = try MemoryForecast(
        CellAddress("\(project.path)#again"), options: project.options, maximum: nil)
      #expect((forecast.exitCode == .ok) == fits)
    }
  }

  @Test("A maximum that everything keeps refuses nothing, and no store is made")
  func fits() throws {
    let project = try SmallProject()
    let forecast = try MemoryForecast(
      CellAddress(project.path), options: project.options, maximum: 1 << 30)
    #expect(forecast.exitCode == .ok)
    #expect(throws: (any Error).self) { try project.folder.bytes("results/nbrun.sqlite") }
  }

  @Test("A cell that trains nothing can't be planned")
  func noTraining() throws {
    let project = try SmallProject()
    #expect(throws: RunFault.self) {
      try MemoryForecast(
        CellAddress("\(project.path)#net"), options: project.options, maximum: nil)
    }
  }
}
