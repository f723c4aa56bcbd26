import Foundation
import TestSupport
import Testing

@Suite("kill -9")
struct KillTests {
  /// What a run leaves behind, without times.
  private struct Traces: Equatable {
    let text: String
    let digests: [[String: String]]
  }

  @Test("A run that is killed at any moment and run again ends as if nothing had happened")
  func killed() throws {
    let text = Notebooks.perceptron(steps: 4000)
    let undisturbed = try Executable()
    try undisturbed.folder.write("a.md", text)
    #expect(try undisturbed.run("a.md").code == 0)
    let expected = try traces(undisturbed)

    let seed = UInt64.random(in: 0...UInt64.max)
    var random = RepeatableGenerator(seed: seed)
    // A longer search: NBRUN_KILLS=200.
    let kills = ProcessInfo.processInfo.environment["NBRUN_KILLS"].flatMap { Int($0) } ?? 12
    for _ in 0..<(kills + 2) / 3 {
      let program = try Executable()
      try program.folder.write("a.md", text)
      for _ in 0..<3 {
        let started = try program.start(["a.md", "--save-every", "0.05"])
        usleep(UInt32.random(in: 5_000...900_000, using: &random))
        kill(started.process.processIdentifier, SIGKILL)
        started.process.waitUntilExit()
      }
      let last = try program.run("a.md")
      #expect(last.code == 0, "seed \(seed): \(last.errors)")
      #expect(try traces(program) == expected, "seed \(seed)")
      let names = try FileManager.default.contentsOfDirectory(atPath: program.folder.path)
      #expect(names.sorted() == ["a.md", "results"], "seed \(seed)")
    }
  }

  private func traces(_ program: Executable) throws -> Traces {
    let digests = try ["kept", "again"].map {
      try program.record("a.md#\($0)")["digest"] as? [String: String] ?? [:]
    }
    return Traces(text: try program.withoutTimes("a.md"), digests: digests)
  }
}
