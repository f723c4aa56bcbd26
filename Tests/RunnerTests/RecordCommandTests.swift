import Diagnostics
import Foundation
import Records
import Reporting
import ResultStore
import Runner
import TestSupport
import Testing

@Suite("show, runs, ls")
struct RecordCommandTests {
  @Test("A shown record has the members that the format promises, and planned equals measured")
  func shape() throws {
    let project = try SmallProject()
    try project.run()
    let shown = try show(project, "again")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(shown.json.text.utf8)) as? [String: Any])
    for member in [
      "id", "kind", "status", "cached", "key", "metrics", "memory", "recompute", "timing",
      "digest", "environment",
    ] {
      #expect(object[member] != nil, "\(member)")
    }
    let memory = try #require(object["memory"] as? [String: Any])
    #expect(memory["planned_peak"] as? Int == memory["measured_peak"] as? Int)
    let loss = try #require((object["metrics"] as? [String: [String: Any]])?["loss"])
    #expect((loss["series"] as? [[Double]])?.count == 5)
    #expect(object["cached"] as? Bool == true)
  }

  @Test("Cells that differ in policy alone have equal digests")
  func digests() throws {
    let project = try SmallProject()
    try project.run()
    #expect(try show(project, "kept").record.digest == show(project, "again").record.digest)
  }

  @Test("The record of a cell that changed since is shown with a warning")
  func stale() throws {
    let project = try SmallProject()
    try project.run()
    try project.edit("checkpoint: {every: 3}", "checkpoint: {every: 2}")
    let shown = try show(project, "again")
    #expect(!shown.isCurrent)
    #expect(shown.warning?.code == "stale-record")
  }

  @Test("An unknown cell and one without a record are told apart")
  func faults() throws {
    let project = try SmallProject()
    #expect { try show(project, "kep") } throws: { error in
      guard case .unknownCell(let id, _) = error as? RunFault else { return false }
      return id == "kep"
    }
    #expect { try show(project, "kept") } throws: { error in
      if case .noRecord = error as? RunFault { true } else { false }
    }
  }

  @Test("A run is listed with what it ran; one that did nothing leaves no entry")
  func runs() throws {
    let project = try SmallProject()
    try project.run()
    try project.run()
    let entries = try RunList(notebook: project.path, limit: 10, storePath: nil).entries
    #expect(entries.count == 1)
    #expect(entries.first?.counts.ran == 5)
    #expect(entries.first?.run.notebook == "notebook.md")
  }

  @Test("A run is shown with its cells, and what it gave each, whatever the notebook says now")
  func shownRun() throws {
    let project = try SmallProject()
    try project.run()
    let before = try show(project, "again").record
    try project.edit("checkpoint: {every: 3}", "checkpoint: {every: 2}")
    try project.run()
    var options = project.options
    options.storePath = project.folder.path("results/nbrun.sqlite")
    let first = try ShownRecord(CellAddress("1#again"), options: options)
    #expect(first.record == before)
    #expect(first.run == 1 && first.warning == nil)
    #expect(try ShownRecord(CellAddress("run:2#again"), options: options).record != before)
    let second = try ShownRun(2, storePath: options.storePath)
    #expect(second.entry.run.notebook == "notebook.md")
    #expect(second.cells.filter { !$0.isReused }.map(\.cell) == ["again", "claims"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(second.json().text.utf8)) as? [String: Any])
    #expect((object["cells"] as? [[String: Any]])?.map { $0["run"] as? Int } == [2, 2, 2, 2, 2])
  }

  @Test("A run whose records were removed is neither shown as empty nor compared as equal")
  func removedRecords() throws {
    let project = try SmallProject()
    try project.run()
    try project.edit("checkpoint: {every: 3}", "checkpoint: {every: 2}")
    try project.run()
    let path = project.folder.path("results/nbrun.sqlite")
    let store = try Store(path: path)
    let entries = try store.entries()
    // What the first run gave 'again' and the claims, which the second one made anew.
    let replaced = entries.filter { entry in
      entries.contains { $0.cell == entry.cell && $0.identifier > entry.identifier }
    }
    #expect(replaced.count == 2)
    try store.remove(replaced.map(\.identifier), runsBefore: .distantPast)
    #expect(try ShownRun(1, storePath: path).entry.run.removedCount == 2)
    try store.remove(entries.map(\.identifier), runsBefore: .distantPast)
    #expect(try ShownRun(1, storePath: path).entry.run.removedCount == 5)
    #expect {
      try NotebookDiff(
        DiffPair.pairs(["run:1", "run:2"], storePath: path), bound: Tolerances.Bound(),
        storePath: path)
    } throws: { error in
      if case .removedRecords = error as? RunFault { true } else { false }
    }
  }

  @Test("A run that is not there, and a cell that a run lacks, are told apart")
  func missingRun() throws {
    let project = try SmallProject()
    try project.run()
    var options = project.options
    options.storePath = project.folder.path("results/nbrun.sqlite")
    #expect { try ShownRun(2, storePath: options.storePath) } throws: { error in
      if case .unknownRun(2) = error as? RunFault { true } else { false }
    }
    #expect { try ShownRecord(CellAddress("1#agian"), options: options) } throws: { error in
      guard case .unknownCell("agian", let known) = error as? RunFault else { return false }
      return known.contains("again")
    }
  }

  @Test("States tell fresh, stale, missing, edited and inactive cells apart")
  func states() throws {
    let project = try SmallProject()
    #expect(try standings(project) == Array(repeating: .missing, count: 5))
    try project.run()
    #expect(try standings(project) == Array(repeating: .fresh, count: 5))
    try project.edit("✓ holds", "✓ holds!")
    try project.edit("hidden: [16, 16]", "hidden: [16, 17]")
    #expect(try standings(project) == [.fresh, .stale, .stale, .stale, .edited])
    try project.edit("#net}\n", "#net}\n#| when: false\n")
    #expect(try standings(project).suffix(4) == Array(repeating: .inactive, count: 4))
  }

  private func show(_ project: SmallProject, _ cell: String) throws -> ShownRecord {
    try ShownRecord(CellAddress("\(project.path)#\(cell)"), options: project.options)
  }

  private func standings(_ project: SmallProject) throws -> [CellState.Standing] {
    try OpenNotebook(project.path).cellStates.map(\.standing)
  }
}
