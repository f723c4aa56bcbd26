import Diagnostics
import Foundation
import Records
import Reporting
import Runner
import TestSupport
import Testing

@Suite("diff")
struct DiffTests {
  @Test("A notebook differs in nothing from itself")
  func same() throws {
    let project = try SmallProject()
    try project.run()
    let diff = try diff([project.path, project.path])
    #expect(diff.exitCode == .ok)
    #expect(diff.warnings.isEmpty)
    #expect(diff.differences.rows.contains { $0.name == "loss.last" })
  }

  @Test("The last commit is compared with the work tree at full precision")
  func committed() throws {
    let project = try SmallProject(isRepository: true)
    try project.run()
    try project.commit()
    #expect(try diff([project.path]).exitCode == .ok)
    try project.edit("lr: 0.01", "lr: 0.011")
    try project.run()
    let changed = try diff([project.path])
    #expect(changed.exitCode == .differences)
    #expect(changed.warnings.isEmpty)
    let rows = changed.differences.rows.filter(\.isDifference)
    #expect(rows.contains { $0.block == .inputs && $0.name == "optimizer.lr" })
    #expect(rows.contains { $0.cell == "kept" && $0.name == "digest.weights" })
    #expect(!rows.contains { $0.block == .memory })
  }

  @Test("Without a store both sides are read from their text, and a diff says so")
  func fromText() throws {
    let project = try SmallProject(isRepository: true)
    try project.run()
    try project.commit()
    try project.edit("checkpoint: {every: 3}", "checkpoint: none")
    try project.run()
    try project.removeStore()
    let diff = try diff([project.path])
    #expect(diff.warnings.count == 2)
    let rows = diff.differences.rows.filter(\.isDifference)
    #expect(rows.contains { $0.block == .inputs && $0.name == "checkpoint" })
    #expect(rows.contains { $0.block == .memory && $0.cell == "again" })
    #expect(!rows.contains { $0.block == .metrics || $0.block == .status })
  }

  @Test("A side whose record is gone makes the other one be read as it was written")
  func mixed() throws {
    let project = try SmallProject(isRepository: true)
    try project.run()
    try project.commit()
    try project.removeStore()
    // The same outputs, of which the store now has records that the text was not written from.
    try project.run { $0.overwritesEdited = true }
    let diff = try diff([project.path])
    #expect(diff.exitCode == .ok)
  }

  @Test("Runs are compared by their numbers, and times never count")
  func runs() throws {
    let project = try SmallProject()
    try project.run()
    try project.run { $0.force = .all }
    let store = project.folder.path("results/nbrun.sqlite")
    let diff = try diff(["1", "run:2"], store: store)
    #expect(diff.exitCode == .ok)
    #expect(diff.differences.rows(in: .timings).isEmpty == false)
  }

  @Test("Tolerances that a notebook grants make a small change pass, and exact values stay exact")
  func tolerances() throws {
    let project = try SmallProject(isRepository: true)
    try project.run()
    try project.commit()
    try project.edit("lr: 0.01", "lr: 0.0100001")
    try project.run()
    let strict = try diff([project.path]).differences
    let loose = try diff([project.path], bound: Tolerances.Bound(relative: 0.01)).differences
    func changedNumbers(_ diff: RecordDiff) -> Int {
      diff.rows.count { $0.isDifference && $0.name.hasPrefix("loss.") }
    }
    #expect(changedNumbers(strict) > 0)
    #expect(changedNumbers(loose) == 0)
    #expect(loose.rows.contains { $0.isDifference && $0.name == "digest.weights" })
  }

  @Test("A difference in memory names the tensors that are no longer kept, and the policy")
  func memoryCause() throws {
    let project = try SmallProject(isRepository: true)
    try project.run()
    try project.commit()
    try project.edit("checkpoint: {every: 3}", "checkpoint: none")
    try project.run()
    let causes = try diff([project.path]).differences.causes
    #expect(!causes.isEmpty)
    #expect(causes.allSatisfy { $0.cell == "again" && $0.change == .kept && $0.before == 0 })
    #expect(causes.allSatisfy { $0.reason == "checkpoint every: 3 → none" })
    // What the tensors add up to is what the records say that is kept.
    let kept = try diff([project.path]).differences.rows
      .first { $0.cell == "again" && $0.name == "memory.kept" }
    guard case .bytes(let old)? = kept?.before, case .bytes(let new)? = kept?.after else {
      Issue.record("no row for memory.kept")
      return
    }
    #expect(causes.reduce(0) { $0 + $1.after } == new - old)
  }

  @Test("Runs have no directive, so their differences in memory are told by layer")
  func memoryCauseOfRuns() throws {
    let project = try SmallProject()
    try project.run()
    try project.edit("checkpoint: {every: 3}", "checkpoint: none")
    try project.run()
    let store = project.folder.path("results/nbrun.sqlite")
    let causes = try diff(["1", "2"], store: store).differences.causes
    #expect(!causes.isEmpty)
    #expect(causes.allSatisfy { $0.cell == "again" && $0.after > $0.before })
  }

  @Test("A cell that was renamed and changed a little is found by its body")
  func renamed() throws {
    let project = try SmallProject(isRepository: true)
    try project.run()
    try project.commit()
    try project.edit("#again}", "#recomputed}")
    try project.edit("again.digest", "recomputed.digest")
    try project.edit("nbrun:out again", "nbrun:out recomputed")
    try project.edit("nbrun:time again", "nbrun:time recomputed")
    try project.edit("checkpoint: {every: 3}", "checkpoint: none")
    try project.run { $0.overwritesEdited = true }
    let rows = try diff([project.path]).differences.rows
    #expect(rows.contains { $0.cell == "again → recomputed" && $0.name == "checkpoint" })
    #expect(!rows.contains { $0.block == .status && $0.verdict == .missing })
  }

  @Test("A directive that changed since its output was written is stale, and its inputs differ")
  func stale() throws {
    let project = try SmallProject(isRepository: true)
    try project.run()
    try project.commit()
    try project.edit("checkpoint: {every: 3}", "checkpoint: none")
    let diff = try diff([project.path])
    #expect(diff.exitCode == .differences)
    let rows = diff.differences.rows.filter(\.isDifference)
    #expect(rows.contains { $0.block == .inputs && $0.name == "checkpoint" })
    #expect(rows.contains { $0.cell == "again" && $0.after == .text("stale") })
    #expect(!rows.contains { $0.block == .metrics || $0.block == .memory })
  }

  @Test("A claim's cell whose output was deleted is missing it, and never a pass")
  func vanished() throws {
    let project = try SmallProject(isRepository: true)
    try project.run()
    try project.commit()
    try project.removeStore()
    let text = try project.text
    let start = try #require(text.range(of: "<!-- #region nbrun:out kept"))
    let end = try #require(text.range(of: "<!-- #endregion nbrun:out kept -->"))
    try project.edit(String(text[start.lowerBound..<end.upperBound]), "")
    let diff = try diff([project.path])
    #expect(diff.exitCode == .differences)
    let rows = diff.differences.rows.filter { $0.cell == "kept" }
    #expect(rows.contains { $0.name == "loss.last" && $0.verdict == .missing })
  }

  @Test("Tolerances by name come before those of the notebook, which come before the common one")
  func namedTolerances() throws {
    let project = try SmallProject(isRepository: true)
    try project.edit("#kept}", "#kept}\n#| tolerance: {loss: {atol: 10}}")
    try project.run()
    try project.commit()
    try project.edit("lr: 0.01", "lr: 0.0100001")
    try project.run()
    func changed(_ bounds: [String: Tolerances.Bound]) throws -> Set<String> {
      let diff = try NotebookDiff(
        DiffPair.pairs([project.path], storePath: nil), bound: Tolerances.Bound(), bounds: bounds,
        storePath: nil)
      return Set(
        diff.differences.rows.filter { $0.isDifference && $0.name.hasPrefix("loss.") }.map(\.cell))
    }
    #expect(try changed([:]) == ["again"])
    #expect(try changed(["loss": Tolerances.Bound()]) == ["again", "kept"])
    #expect(try changed(["loss": Tolerances.Bound(absolute: 1)]) == [])
    let mistyped = try NotebookDiff(
      DiffPair.pairs([project.path], storePath: nil), bound: Tolerances.Bound(),
      bounds: ["los": Tolerances.Bound(), "memory": Tolerances.Bound()], storePath: nil)
    #expect(
      mistyped.warnings.map(\.message)
        == ["a tolerance is given for 'los', but no value of that name is compared"])
    #expect(mistyped.warnings.flatMap(\.notes) == ["did you mean 'loss'?"])
  }

  @Test("A notebook that can't be planned is compared by its outputs, and never called identical")
  func unplanned() throws {
    let project = try SmallProject(isRepository: true)
    try project.run()
    try project.commit()
    try project.edit("batch: 8", "batch: ${size}")
    let diff = try diff([project.path])
    #expect(diff.exitCode == .invalid)
    #expect(diff.differences.unplanned == [project.path])
    let fault = try #require(diff.warnings.first)
    #expect(fault.severity == .error && fault.code == "not-planned")
    #expect(fault.message.contains("can't be planned") && fault.message.contains("size"))
    let summary = diff.differences.summary
    #expect(!summary.contains("identical") && summary.contains("inputs not compared"), "\(summary)")
    #expect(try diff.differences.json().contains("unplanned"))
    // Of what was committed the store knows the inputs.
    try project.commit()
    try project.edit("batch: ${size}", "batch: 8")
    let back = try self.diff([project.path])
    #expect(back.exitCode == .ok, "\(back.differences.summary)")
    #expect(back.warnings.contains { $0.severity == .warning && $0.code == "not-planned" })
  }

  @Test("What is no file, revision or run is refused by name")
  func unknown() throws {
    #expect { try diff(["nowhere.md"]) } throws: { ($0 as? RunFault)?.exitCode == .invalid }
  }

  private func diff(
    _ operands: [String], bound: Tolerances.Bound = Tolerances.Bound(), store: String? = nil
  ) throws -> NotebookDiff {
    try NotebookDiff(
      DiffPair.pairs(operands, storePath: store), bound: bound, storePath: store)
  }
}
