import Foundation
import Runner
import TestSupport
import Testing

@Suite("check")
struct CheckTests {
  @Test("A notebook that was just run has no findings")
  func clean() throws {
    let project = try SmallProject()
    try project.run()
    #expect(try check(project) == [])
  }

  @Test("A notebook that never ran has no output under any cell")
  func missing() throws {
    let findings = try check(try SmallProject())
    #expect(findings.map(\.kind) == Array(repeating: .missing, count: 5))
  }

  @Test("A changed directive makes its cell and those that need it stale, and no other")
  func stale() throws {
    let project = try SmallProject()
    try project.run()
    try project.edit("checkpoint: {every: 3}", "checkpoint: {every: 2}")
    let findings = try check(project)
    #expect(findings.map(\.kind) == [.stale, .stale])
    #expect(findings.map(\.cell) == ["again", "claims"])
  }

  @Test("Prose, captions and the order of cells make nothing stale")
  func prose() throws {
    let project = try SmallProject()
    try project.run()
    try project.edit("# Spirals", "# Something else\n\nMore words.")
    #expect(try check(project) == [])
  }

  @Test("A figure that is gone is found, and the next run draws it again")
  func missingFigure() throws {
    let project = try SmallProject()
    try project.run()
    let folder = project.folder.path("results/notebook")
    let figures = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    let gone = try #require(figures.first)
    try FileManager.default.removeItem(atPath: "\(folder)/\(gone)")
    let findings = try check(project)
    #expect(!findings.isEmpty && findings.allSatisfy { $0.kind == .missingFigure })
    let status = try NotebookStatus(project.path, options: project.options)
    #expect(
      Set(status.cells.filter { $0.reason.hasSuffix("a run draws it again") }.map(\.id))
        == Set(findings.map(\.cell)))
    #expect(findings.allSatisfy { $0.message.contains(gone) })
    try project.run()
    #expect(try check(project) == [])
  }

  @Test("A figure that was changed is found, whatever its size, and the next run draws it again")
  func changedFigure() throws {
    let project = try SmallProject()
    try project.run()
    let folder = project.folder.path("results/notebook")
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
    let drawn = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
    let swapped = drawn.replacing("<svg", with: "<gvs")
    for changed in [swapped, drawn + "<!-- longer -->", ""] {
      try changed.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
      let findings = try check(project)
      #expect(!findings.isEmpty && findings.allSatisfy { $0.message.contains("was changed") })
      try project.run()
      #expect(try check(project) == [])
      #expect(try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) == drawn)
    }
  }

  @Test("An output that was changed by hand is edited, and nothing else")
  func edited() throws {
    let project = try SmallProject()
    try project.run()
    try project.edit("✓ holds", "✓ holds!")
    #expect(try check(project).map(\.kind) == [.edited])
  }

  @Test("A claim that fails is a finding with its values, and without a store one without them")
  func failedClaim() throws {
    let project = try SmallProject()
    try project.edit("kept.loss.last < 100", "kept.memory.peak < 1")
    #expect(try project.run().exitCode == .differences)
    let finding = try #require(try check(project).first)
    #expect(finding.kind == .failedClaim)
    #expect(finding.message.hasPrefix("does not hold: kept.memory.peak < 1 (kept.memory.peak = "))
    try project.removeStore()
    // The figures are gone with the store.
    let claims = try check(project).filter { $0.kind != .missingFigure }
    #expect(claims.map(\.message) == ["does not hold: kept.memory.peak < 1"])
  }

  @Test("A value in prose that is not the recorded one is a finding")
  func value() throws {
    let project = try SmallProject()
    try project.run()
    let text = try project.text
    let shown = try #require(text.range(of: "kept.memory.peak -->"))
    let end = try #require(
      text.range(of: "<!-- /nbrun:val", range: shown.upperBound..<text.endIndex))
    try project.edit("-->\(text[shown.upperBound..<end.lowerBound])<!--", "-->1 MiB<!--")
    let findings = try check(project)
    #expect(findings.map(\.kind) == [.staleValue])
    #expect(findings.first?.message.hasPrefix("the text says '1 MiB'") == true)
  }

  @Test("A cell that does not run is not looked at, nor those that need it")
  func inactive() throws {
    let project = try SmallProject()
    try project.edit("#again}\n", "#again}\n#| when: false\n")
    try project.run()
    #expect(try check(project) == [])
  }

  @Test("A finding prints as one line with file, line and cell")
  func line() {
    let finding = Finding(
      file: "a.md", line: 3, kind: .missing, cell: "x", message: "it has no output")
    #expect(finding.text == "a.md:3: missing[x]: it has no output")
  }

  private func check(_ project: SmallProject) throws -> [Finding] {
    try NotebookCheck(project.path, options: project.options).findings
  }
}
