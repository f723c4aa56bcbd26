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

  @Test("A plan above the maximum is refused with what it needs")
  func refused() throws {
    let project = try SmallProject()
    let forecast = try MemoryForecast(
      CellAddress("\(project.path)#kept"), options: project.options, maximum: 1000)
    #expect(forecast.exitCode == .memoryLimit)
    #expect(forecast.refusals.map(\.code) == ["memory-limit"])
    #expect(forecast.refusals.first?.notes.isEmpty == false)
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
