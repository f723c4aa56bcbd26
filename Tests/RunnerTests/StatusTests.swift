import Foundation
import Records
import ResultStore
import Runner
import TestSupport
import Testing

@Suite("status, why and runs")
struct StatusTests {
  private func states(_ project: SmallProject) throws -> [String] {
    try NotebookStatus(project.path, options: project.options).cells.map(\.state.rawValue)
  }

  @Test("Cells go from never run to fresh, and to stale with the cause when a directive changes")
  func life() throws {
    let project = try SmallProject()
    #expect(try states(project) == Array(repeating: "never run", count: 5))
    try project.run()
    #expect(try states(project) == Array(repeating: "fresh", count: 5))
    try project.edit("noise: 0.1", "noise: 0.2")
    let status = try NotebookStatus(project.path, options: project.options)
    #expect(status.cells.map(\.state) == [.stale, .fresh, .stale, .stale, .stale])
    #expect(status.cells[0].reason == "noise 0.1 → 0.2")
    #expect(status.cells[2].reason == "spirals: noise 0.1 → 0.2")
    #expect(status.counts.map(\.count) == [1, 4])
  }

  @Test("Edited, failed, inactive and not written are told apart")
  func others() throws {
    let project = try SmallProject()
    try project.run()
    try project.edit("✓ holds", "✓ holds!")
    #expect(try states(project).last == "edited")
    try project.run { $0.overwritesEdited = true }
    try project.edit("#again}\n", "#again}\n#| when: false\n")
    #expect(try states(project).suffix(2) == ["inactive", "inactive"])
    try project.edit("#kept}\n", "#kept}\n#| timeout: 1 ms\n")
    let failing = try SmallProject(
      SmallProject.notebook.replacingOccurrences(of: "adamw: {lr: 0.01}", with: "sgd: {lr: 1e30}"))
    try failing.run()
    let status = try NotebookStatus(failing.path, options: failing.options)
    #expect(status.cells[2].state == .failed)
    #expect(status.cells[2].reason.contains("not finite"))
  }

  @Test("Cells behind a sweep have their own states: its points have none")
  func sweep() throws {
    let project = try SmallProject(
      SmallProject.notebook.replacing(
        "checkpoint: {every: 3}\n", with: "sweep: {checkpoint: [none, {every: 3}]}\n"
      ).replacing("- again.digest.weights = kept.digest.weights\n", with: ""))
    try project.run()
    try project.edit("- kept.loss.last < 100", "- kept.loss.last < 99")
    let status = try NotebookStatus(project.path, options: project.options)
    #expect(status.cells.map(\.id) == ["spirals", "net", "kept", "again", "claims"])
    #expect(status.cells.map(\.state) == [.fresh, .fresh, .fresh, .fresh, .stale])
    // That of a point, whose key is as it was, would be that the key changed.
    #expect(status.cells[4].reason.contains("99"))
  }

  @Test("why tells of every cell whether its result served, and in which run")
  func why() throws {
    let project = try SmallProject()
    try project.run()
    try project.edit("checkpoint: {every: 3}", "checkpoint: none")
    try project.run()
    let stories = try KeyStory.stories(of: CellAddress(project.path), options: project.options)
    #expect(stories.map(\.id) == ["spirals", "net", "kept", "again", "claims"])
    #expect(stories.map { $0.lastUse?.run } == [2, 2, 2, 2, 2])
    #expect(stories.map { $0.lastUse?.isReused } == [true, true, true, true, false])
    #expect(stories[0].lines.contains("in run 2 its stored result served"))
  }

  @Test("A run tells commit, what was not committed, processor, kernels, threads and versions")
  func runs() throws {
    let project = try SmallProject(isRepository: true)
    try project.run()
    try project.commit()
    try project.edit("checkpoint: {every: 3}", "checkpoint: none")
    try project.run()
    let store = project.folder.path("results/nbrun.sqlite")
    let runs = try RunList(notebook: project.path, limit: 9, storePath: store).entries.map(\.run)
    #expect(runs.count == 2)
    #expect(runs.allSatisfy { $0.gitCommit?.count == 40 && $0.environment?.threads == 1 })
    #expect(
      runs.allSatisfy { ($0.machine?.cores ?? 0) > 0 && $0.machine?.release == Engine.release })
    #expect(runs.first?.gitIsDirty == true)
    #expect(runs.first?.gitDiff?.count == 16)
    #expect(runs.first?.gitDiff != runs.last?.gitDiff)
  }
}
