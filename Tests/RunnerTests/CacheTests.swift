import Foundation
import Records
import ResultStore
import Runner
import TestSupport
import Testing

@Suite("cache")
struct CacheTests {
  private static let evaluated =
    SmallProject.notebook + """

      ```yaml {.nbrun-eval #scored}
      train: kept
      split: validation
      ```

      """

  private func contents(_ project: SmallProject) throws -> CacheContents {
    try CacheContents(of: project.folder.path, storePath: nil)
  }

  @Test("What the notebook refers to stays, and a second collection finds nothing")
  func keeps() throws {
    let project = try SmallProject(Self.evaluated)
    try project.run()
    let before = try contents(project)
    #expect(before.entries.allSatisfy { $0.isReferenced })
    #expect(before.files.contains { $0.kind == "weights" && $0.isReferenced })
    #expect(before.files.contains { $0.kind == "figure" && $0.isReferenced })
    #expect(CacheCollection(before).isEmpty)
    #expect(
      try project.run().cells.allSatisfy { if case .ran = $0.outcome { false } else { true } })
  }

  @Test(
    "What a notebook of another name refers to stays too",
    arguments: ["notes.markdown", ".hidden.md", "results/deep/notes.md"])
  func keepsOfOtherNames(name: String) throws {
    let project = try SmallProject("# Nothing to run\n")
    try project.folder.write(name, Self.evaluated)
    _ = try NotebookRun(project.folder.path(name), options: project.options, tell: { _ in }).run()
    let contents = try contents(project)
    #expect(contents.files.contains { $0.kind == "weights" })
    #expect(contents.entries.allSatisfy { $0.isReferenced })
    #expect(CacheCollection(contents, now: Date() + 7200).isEmpty)
  }

  @Test("Results of former directives and superseded ones go; what stays is still found")
  func collects() throws {
    let project = try SmallProject(Self.evaluated)
    try project.run()
    try project.edit("lr: 0.01", "lr: 0.02")
    try project.run()
    try project.run { $0.force = .cells(["again"]) }
    let contents = try contents(project)
    // Two training runs, the evaluation and the claims of before, and what was forced.
    let collection = CacheCollection(contents, now: Date() + 7200)
    #expect(collection.entries.count == 5)
    #expect(collection.files.map(\.kind) == ["weights"])
    #expect(collection.spared == 0)
    // Of what is younger than an hour files stay, for runs that go on, and are counted.
    #expect(CacheCollection(contents).files.isEmpty && CacheCollection(contents).spared == 1)
    #expect(CacheCollection(contents, olderThan: 86_400, now: Date() + 7200).isEmpty)
    #expect(try collection.remove() > 0)
    #expect(try self.contents(project).entries.count == contents.entries.count - 5)
    #expect(CacheCollection(try self.contents(project), now: Date() + 7200).isEmpty)
    let report = try project.run()
    #expect(report.cells.allSatisfy { if case .ran = $0.outcome { false } else { true } })
    let health = try Store(path: project.folder.path("results/nbrun.sqlite")).health()
    #expect(health.complaints.isEmpty)
  }

  @Test("What the last commit's outputs were written from stays, as diff compares with it")
  func committed() throws {
    let project = try SmallProject(isRepository: true)
    try project.run()
    try project.commit()
    try project.edit("lr: 0.01", "lr: 0.02")
    try project.run()
    #expect(CacheCollection(try contents(project), now: Date() + 7200).isEmpty)
    try project.commit()
    #expect(!CacheCollection(try contents(project), now: Date() + 7200).isEmpty)
  }

  @Test("A notebook that is not valid keeps what its outputs were written from")
  func invalid() throws {
    let project = try SmallProject()
    try project.run()
    try project.edit("preset: mlp", "preset: nothing")
    let contents = try contents(project)
    #expect(contents.invalidNotebooks == ["notebook.md"])
    #expect(CacheCollection(contents, now: Date() + 7200).isEmpty)
  }

  @Test("Files of the last hour may belong to a run that goes on, and stay")
  func grace() throws {
    let project = try SmallProject()
    try project.folder.write("results/steps/\(String(repeating: "a", count: 32)).step", "x")
    let contents = try contents(project)
    #expect(CacheCollection(contents).isEmpty)
    #expect(CacheCollection(contents, now: Date() + 7200).files.map(\.kind) == ["saved step"])
  }

  @Test(
    "Whole results verify; changed bytes of weights and figures are found and repaired")
  func verifies() throws {
    let project = try SmallProject(Self.evaluated)
    try project.run()
    #expect(try CacheVerification(contents(project)).exitCode == .ok)
    for file in try contents(project).files where file.kind != "saved step" {
      var bytes = try project.folder.bytes(file.path)
      bytes[bytes.count / 2] ^= 1
      try project.folder.write(file.path, bytes: bytes)
    }
    let damaged = try CacheVerification(contents(project))
    #expect(damaged.exitCode == .differences)
    let all = try contents(project).files
    #expect(damaged.files.count == all.count)
    try damaged.repair()
    #expect(try CacheVerification(contents(project)).exitCode == .ok)
    #expect(try project.run().exitCode == .ok)
  }

  @Test("Clearing leaves the notebook, and everything runs again")
  func clears() throws {
    let project = try SmallProject()
    try project.run()
    let text = try project.text
    _ = try CacheCollection(all: contents(project)).remove()
    #expect(try contents(project).entries.isEmpty)
    #expect(try project.text == text)
    let report = try project.run()
    #expect(report.cells.allSatisfy { if case .ran = $0.outcome { true } else { false } })
  }
}
