import Diagnostics
import Experiment
import Foundation
import Records
import Reporting
import Runner
import TestSupport
import Testing

@Suite("check --rerun and promote")
struct RerunTests {
  @Test("A notebook that was just run gives the same bits again, and nothing is written")
  func same() throws {
    let project = try SmallProject()
    try project.run()
    let before = try project.text
    let rerun = try rerun(project)
    #expect(rerun.exitCode == .ok)
    #expect(rerun.findings.isEmpty)
    #expect(rerun.corrected == nil)
    #expect(rerun.bases.map(\.cell) == ["kept", "again"])
    #expect(rerun.bases.allSatisfy { $0.basis.measure == .bits })
    #expect(try project.text == before)
  }

  @Test("Without a store what is printed is compared with what would be printed")
  func printed() throws {
    let project = try SmallProject()
    try project.run()
    try project.removeStore()
    let rerun = try rerun(project)
    #expect(rerun.exitCode == .ok, "\(rerun.differences.terminalText())")
    #expect(rerun.bases.allSatisfy { $0.basis.measure == .printed })
  }

  @Test("Other kernels give the same bits, and the check says that it asks for them")
  func kernels() throws {
    let project = try SmallProject()
    try project.run { $0.settings.numerics = .portable }
    let rerun = try rerun(project)
    #expect(rerun.exitCode == .ok)
    #expect(
      rerun.bases.allSatisfy { $0.basis.measure == .bits && $0.basis.reason.contains("portable") })
  }

  /// A project whose written loss and weights are not those that a run gives: the record and the
  /// text agree with each other, as if they came from a faulty machine.
  private func falsified(by factor: Double, tolerance: String = "") throws -> SmallProject {
    let project = try SmallProject()
    if !tolerance.isEmpty { try project.edit("#kept}", "#kept}\n#| tolerance: \(tolerance)") }
    try project.run()
    let text = try project.text
    let match = try #require(text.firstMatch(of: /`loss` first → last +\| +([0-9.]+)/))
    let shown = String(match.1)
    let value = try #require(Double(shown)) * factor
    // The first occurrence: that of 'kept'.
    let changed = String("\(value)".prefix(shown.count))
    try project.folder.write(
      project.name,
      text.replacingCharacters(in: match.1.startIndex..<match.1.endIndex, with: changed))
    try project.removeStore()
    try project.seal()
    return project
  }

  @Test("Outputs that differ go to FILE.corrected, and promote puts them in the notebook's place")
  func corrected() throws {
    let project = try falsified(by: 1.5)
    let before = try project.text
    let rerun = try rerun(project)
    #expect(rerun.exitCode == .differences)
    #expect(Set(rerun.findings.map(\.kind)) == [.changed])
    let corrected = try #require(rerun.corrected)
    #expect(!corrected.lines.isEmpty)
    try corrected.write()
    #expect(try project.text == before)
    let promotion = try Promotion(project.path, options: project.options) { _ in }
    #expect(promotion.storedCells.contains("kept"))
    #expect(try project.text != before)
    #expect(!FileManager.default.fileExists(atPath: project.path + ".corrected"))
    #expect(try self.rerun(project).exitCode == .ok)
    // The store has what was promoted: the next run takes it.
    let kept = try #require(try project.run().cells.first { $0.id == "kept" })
    guard case .cached = kept.outcome else {
      Issue.record("\(kept.outcome)")
      return
    }
  }

  @Test("A notebook that changed since it was checked is not overwritten")
  func changedSince() throws {
    let project = try falsified(by: 1.5)
    try #require(try rerun(project).corrected).write()
    try project.edit("# Spirals", "# Other words")
    let text = try project.text
    #expect { try Promotion(project.path, options: project.options) { _ in } } throws: {
      ($0 as? RunFault)?.diagnostics.first?.code == "changed-since"
    }
    #expect(try project.text == text)
    #expect(FileManager.default.fileExists(atPath: project.path + ".corrected"))
  }

  @Test("Where there is nothing to promote, promote says how to come by it")
  func nothing() throws {
    let project = try SmallProject()
    #expect { try Promotion(project.path, options: project.options) { _ in } } throws: {
      ($0 as? RunFault)?.diagnostics.first?.code == "nothing-to-promote"
    }
  }

  @Test("A tolerance that the cell grants makes a small difference pass, not a large one")
  func tolerated() throws {
    let small = try rerun(try falsified(by: 1.001, tolerance: "{loss: 0.01}"))
    #expect(small.bases.first { $0.cell == "kept" }?.basis.measure == .tolerances)
    #expect(small.exitCode == .ok, "\(small.differences.terminalText())")
    let large = try rerun(try falsified(by: 1.5, tolerance: "{loss: 0.01}"))
    #expect(large.exitCode == .differences)
  }

  @Test("A cell that fails when it runs again is a finding, and the run's exit code")
  func failing() throws {
    let project = try SmallProject()
    try project.run()
    let rerun = try rerun(project) { $0.settings.memoryLimit = 1024 }
    #expect(rerun.exitCode == .memoryLimit)
    #expect(rerun.findings.contains { $0.kind == .failed && $0.cell == "kept" })
  }

  private func rerun(
    _ project: SmallProject, _ change: (inout RunOptions) -> Void = { _ in }
  ) throws -> NotebookRerun {
    var options = project.options
    change(&options)
    return try NotebookRerun(project.path, options: options, tell: { _ in })
  }
}
