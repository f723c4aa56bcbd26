import Foundation
import Runner
import TestSupport
import Testing

@Suite("Runs with nothing to do")
struct FreshRunTests {
  @Test("A run that finds every output in its place reads no record")
  func readsNothing() throws {
    let project = try SmallProject()
    try project.run()
    #expect(try outcomes(project).allSatisfy { $0 == "fresh" })
  }

  @Test("After a change of prose the outputs come from records, and the run after that reads none")
  func prose() throws {
    let project = try SmallProject()
    try project.run()
    try project.edit("# Spirals", "# Something else")
    #expect(try outcomes(project).allSatisfy { $0 == "cached" })
    #expect(try outcomes(project).allSatisfy { $0 == "fresh" })
  }

  @Test("A figure that was removed is drawn again")
  func figure() throws {
    let project = try SmallProject()
    try project.run()
    let folder = project.folder.path("results/notebook")
    let figures = try FileManager.default.contentsOfDirectory(atPath: folder)
    let figure = try #require(figures.first)
    try FileManager.default.removeItem(atPath: "\(folder)/\(figure)")
    try project.run()
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == figures.sorted())
  }

  @Test("A newer record of a cell is looked at, also where the notebook shows the older one")
  func newerRecord() throws {
    let project = try SmallProject()
    try project.run()
    let shown = try project.text
    try project.run {
      $0.force = .all
      $0.output = .standardOutput
    }
    #expect(try project.text == shown)
    #expect(try !outcomes(project).contains("fresh"))
  }

  @Test("A stop that is asked for ends the run before its next cell, whatever that is")
  func stopped() throws {
    let project = try SmallProject()
    var ended = 0
    // The run holds the notebook's lock as long as it lives.
    let report = try NotebookRun(
      project.path, options: project.options,
      tell: { event in if case .ended = event { ended += 1 } }, shouldStop: { ended == 2 }
    ).run()
    #expect(report.exitCode == .interrupted && report.cells.map(\.id) == ["spirals", "net"])
    #expect(try project.run().exitCode == .ok)
  }

  @Test("A claim that is expected to fail does, and a notebook with it is whole")
  func expectedFailure() throws {
    let project = try SmallProject()
    try project.edit("- again.digest", "#| error: true\n- again.digest")
    let holding = try project.run()
    #expect(holding.exitCode == .failed)
    try project.edit("kept.loss.last < 100", "kept.memory.peak < 1")
    #expect(try project.run().exitCode == .ok)
    #expect(try project.text.contains("✗"))
    #expect(try NotebookCheck(project.path, options: project.options).exitCode == .ok)
    #expect(try project.run().exitCode == .ok)
  }

  @Test("A timeout that is expected is the output, and is not waited for again")
  func expectedTimeout() throws {
    let project = try SmallProject()
    try project.edit(
      "```yaml {.nbrun-train #again}\n",
      "```yaml {.nbrun-train #again}\n#| error: true\n#| timeout: 1e-6\n")
    try project.edit("- again.digest.weights = kept.digest.weights\n", "")
    #expect(try project.run().exitCode == .ok)
    #expect(try project.text.contains("its time is up"))
    #expect(try outcomes(project).allSatisfy { $0 == "fresh" })
  }

  @Test("A claim that fails is judged in every run")
  func failingClaim() throws {
    let project = try SmallProject()
    try project.edit("kept.loss.last < 100", "kept.memory.peak < 1")
    #expect(try project.run().exitCode == .differences)
    #expect(try project.run().exitCode == .differences)
  }

  private func outcomes(_ project: SmallProject) throws -> [String] {
    try project.run().cells.map { cell in
      switch cell.outcome {
      case .fresh: "fresh"
      case .cached: "cached"
      case .ran: "ran"
      case .failed: "failed"
      case .skipped: "skipped"
      }
    }
  }
}
