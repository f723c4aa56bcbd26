import Experiment
import Reporting
import Runner
import TestSupport
import Testing

@Suite("Sweeps compared")
struct SweepDiffTests {
  private static func notebook(rate: String = "0.01", batches: String = "4, 8") -> String {
    SmallProject.notebook.replacing(
      "checkpoint: {every: 3}\n", with: "checkpoint: {every: 3}\nsweep: {batch: [\(batches)]}\n"
    ).replacing(
      "steps: 5\nbatch: 8\noptimizer: {adamw: {lr: 0.01}}\ncheckpoint",
      with: "steps: 5\nbatch: 8\noptimizer: {adamw: {lr: \(rate)}}\ncheckpoint"
    ).replacing("- again.digest.weights = kept.digest.weights\n", with: "")
  }

  @Test("Points are matched by their coordinates: a changed setting shows at each of them")
  func points() throws {
    let project = try SmallProject(Self.notebook())
    try project.run()
    try project.folder.write("b.md", Self.notebook(rate: "0.02"))
    _ = try NotebookRun(project.folder.path("b.md"), options: project.options, tell: { _ in }).run()
    let rows = try rows(project).filter(\.isDifference)
    for point in ["again[batch=4]", "again[batch=8]"] {
      #expect(rows.contains { $0.cell == point && $0.name == "optimizer.lr" })
      #expect(rows.contains { $0.cell == point && $0.name == "digest.weights" })
      #expect(!rows.contains { $0.cell == point && $0.block == .memory })
    }
  }

  @Test("A point that one side lacks is new; those that both have are not said to differ")
  func furtherPoint() throws {
    let project = try SmallProject(Self.notebook())
    try project.run()
    try project.folder.write("b.md", Self.notebook(batches: "2, 4, 8"))
    _ = try NotebookRun(project.folder.path("b.md"), options: project.options, tell: { _ in }).run()
    let rows = try rows(project)
    #expect(rows.contains { $0.cell == "again[batch=2]" && $0.name == "status" })
    #expect(!rows.contains { $0.isDifference && $0.cell.hasPrefix("again[") })
  }

  @Test("A sweep that was edited after its run is compared by the points that it was written from")
  func staleSweep() throws {
    let project = try SmallProject(Self.notebook())
    try project.run()
    try project.folder.write(
      "b.md", try project.text.replacing("lr: 0.01}}\ncheckpoint", with: "lr: 0.02}}\ncheckpoint"))
    let rows = try rows(project)
    for point in ["again[batch=4]", "again[batch=8]"] {
      #expect(rows.contains { $0.cell == point && $0.name == "loss.last" && $0.verdict == .same })
      #expect(rows.contains { $0.cell == point && $0.name == "status" })
      #expect(rows.contains { $0.cell == point && $0.name == "optimizer.lr" && $0.isDifference })
      #expect(!rows.contains { $0.cell == point && $0.verdict == .missing })
    }
  }

  @Test(
    "Of an edited sweep, points that stay are as they were, and those that are gone are missing")
  func changedPoints() throws {
    let project = try SmallProject(Self.notebook())
    try project.run()
    try project.folder.write("b.md", try project.text.replacing("[4, 8]", with: "[8, 16]"))
    let rows = try rows(project)
    #expect(!rows.contains { $0.cell == "again[batch=8]" && $0.isDifference })
    #expect(rows.contains { $0.cell == "again[batch=4]" && $0.verdict == .missing })
  }

  @Test("A sweep that runs again gives the bits of every point, and each is named")
  func rerun() throws {
    let project = try SmallProject(Self.notebook())
    try project.run()
    let rerun = try NotebookRerun(project.path, options: project.options, tell: { _ in })
    #expect(rerun.exitCode == .ok && rerun.findings.isEmpty)
  }

  private func rows(_ project: SmallProject) throws -> [RecordDiff.Row] {
    let operands = [project.path, project.folder.path("b.md")]
    return try NotebookDiff(
      DiffPair.pairs(operands, storePath: nil), bound: Tolerances.Bound(), storePath: nil
    ).differences.rows
  }
}
