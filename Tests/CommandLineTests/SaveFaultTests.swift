import Foundation
import TestSupport
import Testing

@Suite("Steps that can't be saved")
struct SaveFaultTests {
  /// Half a megabyte of weights and optimizer state.
  private static let text = Notebooks.perceptron().replacing("[16, 16]", with: "[200, 200]")

  @Test(
    "A step that can't be saved is one line that says what, where and why, and how to go on",
    arguments: ["1", "2"])
  func tooLarge(jobs: String) throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.text)
    // In blocks of 1,024 bytes: more than the notebook has, less than a step.
    let command = "ulimit -f 64; exec \"$0\" a.md --no-cache --save-every 0 -j \(jobs)"
    let started = try program.start(["-c", command, Executable.path], program: "/bin/bash")
    started.process.waitUntilExit()
    let outcome = try started.outcome()
    #expect(outcome.code == 3, "\(outcome.errors)")
    let line =
      #/a\.md:\d+: error\[not-saved\]: kept: can't save its step to (?<place>\S+): File too large/#
    let match = try #require(outcome.errors.firstMatch(of: line), "\(outcome.errors)")
    #expect(match.place.hasPrefix("results/steps/"))
    #expect(outcome.errors.contains("= allow larger files there"))
    #expect(!outcome.errors.contains("NSPOSIX") && !outcome.errors.contains("Error"))
    let left = try FileManager.default.contentsOfDirectory(
      atPath: program.folder.path("results/steps"))
    #expect(left.isEmpty)
  }

  @Test("A model that can't be written names its folder")
  func model() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.transformer(steps: 1) + "\n")
    let text = try program.folder.text("a.md").replacing("seed: 3", with: "seed: 3\nsave: out")
    try program.folder.write("a.md", text)
    try program.folder.write("out", "a file")
    let run = try program.run("a.md")
    #expect(run.code == 3, "\(run.errors)")
    #expect(run.errors.contains("can't save the model to out: "), "\(run.errors)")
    #expect(!run.errors.contains("NSCocoa") && !run.errors.contains("NSPOSIX"), "\(run.errors)")
  }
}
