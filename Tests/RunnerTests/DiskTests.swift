import Records
import Runner
import TestSupport
import Testing

@Suite("offload: disk")
struct DiskTests {
  private static let notebook =
    SmallProject.notebook + """

      ```yaml {.nbrun-train #disk}
      model: net
      data: spirals
      steps: 5
      batch: 8
      optimizer: {adamw: {lr: 0.01}}
      checkpoint: minimum
      cost: measured
      offload: disk
      ```

      ```yaml {.nbrun-model #deep}
      input: {features: 2}
      layers:
        - repeat:
            times: 4
            name: block
            layers:
              - linear: {out: 512}
              - gelu
        - linear: {out: 3}
      ```

      ```yaml {.nbrun-plan #plans}
      model: deep
      batch: 1024
      policies: [none, {every: 1}]
      offload: disk
      ```

      ```yaml {.nbrun-compare #policies}
      cells: [kept, disk]
      baseline: kept
      show: [loss.last]
      ```

      ```yaml {.nbrun-expect #waits}
      - disk.memory.disk >= 0
      - plans.none.memory.disk > 0
      ```

      """

  @Test(
    "The disk is measured once, with the operations, and a run with it is certified like others")
  func measured() throws {
    let project = try SmallProject(Self.notebook)
    let report = try project.run()
    #expect(report.exitCode == .ok)
    func record(_ id: String, _ report: RunReport) -> Record? {
      report.cells.first { $0.id == id }?.record
    }
    let disk = try #require(record("disk", report))
    for name in ["write 1 MiB to disk", "read 1 MiB from disk"] {
      #expect((disk.costs?.operations[name] ?? 0) > 0)
    }
    guard case .compare(let comparison)? = record("policies", report)?.output else {
      Issue.record("no comparison")
      return
    }
    #expect(comparison.certificates?.first?.policies == ["none", "minimum, offload: disk"])
    #expect(comparison.certificates?.first?.weights == disk.digest["weights"])
    #expect(disk.memory?.disk == 0, "values of fewer than 64 KiB stay in memory")
    let again = try project.run { $0.force = .all }
    #expect(record("disk", again)?.costs == disk.costs)
  }

  @Test("A plan tells what would wait on disk, in its table and in JSON")
  func plan() throws {
    let project = try SmallProject(Self.notebook)
    let forecast = try MemoryForecast(
      CellAddress("\(project.path)#plans"), options: project.options, maximum: nil)
    let row = try #require(forecast.cells.first?.plan.rows.first)
    #expect((row.memory.disk ?? 0) > 64 << 10)
    #expect(forecast.json.text.contains("\"disk\": \(row.memory.disk ?? 0)"))
    try project.run()
    #expect(try project.text.contains("on disk (MiB)"))
  }

  @Test("What a step waits for the disk is a row of its times alone, and a time like others")
  func waiting() throws {
    let project = try SmallProject(Self.notebook)
    let report = try project.run()
    let timings = report.cells.reduce(into: [:]) { $0[$1.id] = $1.record?.timing }
    #expect((timings["disk"]?.disk).map { $0 >= 0 } == true)
    #expect(timings["kept"].map { $0.disk == nil } == true)
    let regions = try project.text.split(separator: "<!-- #region ")
    let telling = regions.filter { $0.contains("| waiting for the disk |") }
    #expect(telling.count == 1)
    #expect(telling.allSatisfy { $0.hasPrefix("nbrun:time disk ") })
  }
}
