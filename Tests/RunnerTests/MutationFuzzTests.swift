import Foundation
import Reporting
import Runner
import TestSupport
import Testing

/// Notebooks and stores with bytes that nobody wrote: whatever they hold, a run ends as documented.
///
/// 1,000 of each: `make fuzz`, or `NBRUN_FUZZ=50`.
@Suite("Changed bytes")
struct MutationFuzzTests {
  @Test("A notebook with changed bytes is run or refused, and nothing outside of regions changes")
  func notebooks() throws {
    let project = try SmallProject()
    try project.run()
    let whole = try project.folder.bytes(project.name)
    let files = try Self.files(project)
    for seed in fuzzCases(20) {
      var random = RepeatableGenerator(seed: UInt64(seed))
      let changed = changedBytes(whole, &random)
      try project.folder.write(project.name, bytes: changed)
      let before = NotebookText(project.path)
      let ended = Self.run(project)
      let after = try project.folder.bytes(project.name)
      switch ended {
      case .success: #expect(NotebookText(project.path) == before, "seed \(seed)")
      case .failure(let fault):
        #expect(!fault.diagnostics.isEmpty, "seed \(seed)")
        #expect(after == changed, "seed \(seed)")
      }
      #expect(try Self.files(project) == files, "seed \(seed)")
    }
  }

  @Test("A store with changed bytes is a warning at most: the notebook says what it said before")
  func stores() throws {
    let project = try SmallProject()
    try project.run()
    let written = try project.text
    let store = try project.folder.bytes("results/nbrun.sqlite")
    // With a region less something has to be read from the store.
    let claims = /<!-- #region nbrun:out claims[\s\S]*?endregion nbrun:out claims -->\n/
    let cut = written.replacing(claims) { _ in "" }
    try project.folder.write(project.name, cut)
    try project.run()
    let text = try project.text
    for seed in fuzzCases(20) {
      var random = RepeatableGenerator(seed: UInt64(seed))
      for name in ["nbrun.sqlite-wal", "nbrun.sqlite-shm"] {
        unlink(project.folder.path("results/\(name)"))
      }
      try project.folder.write("results/nbrun.sqlite", bytes: changedBytes(store, &random))
      try project.folder.write(project.name, cut)
      let report = try Self.run(project).get()
      #expect(report.exitCode == .ok, "seed \(seed)")
      #expect(Self.withoutTimes(try project.text) == Self.withoutTimes(text), "seed \(seed)")
      // Commands for whom the store is what they are about tell its fault, and no other.
      let compared = Result { () throws(RunFault) in
        try NotebookDiff(
          DiffPair.pairs([project.path, project.path], storePath: nil), bound: .init(),
          storePath: nil
        ).exitCode
      }
      #expect((try? compared.get()) ?? .ok == .ok, "seed \(seed)")
    }
  }

  /// Runs, but no training beyond a hundred steps: a changed digit may ask for millions.
  private static func run(_ project: SmallProject) -> Result<RunReport, RunFault> {
    Result { () throws(RunFault) in
      var steps = 0
      var options = project.options
      options.lockPatience = 0
      return try NotebookRun(
        project.path, options: options,
        tell: { event in if case .step = event { steps += 1 } }, shouldStop: { steps > 100 }
      ).run()
    }
  }

  /// The project's files but those of the store and saved states, whose names follow from keys.
  private static func files(_ project: SmallProject) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: project.folder.path)
      .filter { !$0.hasPrefix("results") }.sorted()
  }

  private static func withoutTimes(_ text: String) -> String {
    text.replacing(/<!-- #region nbrun:time[\s\S]*?<!-- #endregion nbrun:time[^\n]*\n/) { _ in "" }
  }
}
