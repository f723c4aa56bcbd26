import Foundation
import TestSupport
import Testing

@Suite("Steps that can't be saved")
struct SaveFaultTests {
  /// Half a megabyte of weights and optimizer state.
  private static let text = Notebooks.perceptron().replacing("[16, 16]", with: "[200, 200]")

  @Test(
    "A step that can't be saved while a cell runs is one warning, and the run ends as any other",
    arguments: ["1", "2"])
  func tooLarge(jobs: String) throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.text)
    // In blocks of 1,024 bytes: more than the notebook has, less than a step.
    let command = "ulimit -f 64; exec \"$0\" a.md --no-cache --save-every 0 -j \(jobs)"
    let started = try program.start(["-c", command, Executable.path], program: "/bin/bash")
    started.process.waitUntilExit()
    let outcome = try started.outcome()
    #expect(outcome.code == 0, "\(outcome.errors)")
    let line =
      #/a\.md:\d+: warning\[not-saved\]: kept: can't save its step to (?<place>\S+): File too large/#
    let matches = outcome.errors.matches(of: line)
    #expect(matches.count == 1, "\(outcome.errors)")
    #expect(matches.allSatisfy { $0.place.hasPrefix("results/steps/") })
    #expect(outcome.errors.contains("= allow larger files there"))
    #expect(outcome.errors.contains("= it goes on, and tries again later; if it is killed,"))
    #expect(!outcome.errors.contains("NSPOSIX") && !outcome.errors.contains("Error"))
    let written = try program.folder.text("a.md")
    let free = try Executable()
    try free.folder.write("a.md", Self.text)
    #expect(try free.run("a.md", "--no-cache").code == 0)
    #expect(try Self.digests(written) == Self.digests(free.folder.text("a.md")))
    let left = try FileManager.default.contentsOfDirectory(
      atPath: program.folder.path("results/steps"))
    #expect(left.isEmpty)
  }

  @Test("A run that is stopped and can't save its step says so, as it relies on that step")
  func stopped() throws {
    let program = try Executable()
    let text = Self.text.replacing(
      "```yaml {.nbrun-train #kept}", with: "```yaml {.nbrun-train #kept}\n#| timeout: 1 ms")
    try program.folder.write("a.md", text)
    let command = "ulimit -f 64; exec \"$0\" a.md --no-cache"
    let started = try program.start(["-c", command, Executable.path], program: "/bin/bash")
    started.process.waitUntilExit()
    let outcome = try started.outcome()
    #expect(outcome.code == 3, "\(outcome.errors)")
    #expect(
      outcome.errors.contains(#/a\.md:\d+: error\[not-saved\]: kept: can't save its step to/#),
      "\(outcome.errors)")
    #expect(outcome.errors.contains("= run again: it goes on from its last saved step"))
  }

  @Test(
    "A model that nbrun did not write is never replaced, and its own is written again if changed")
  func foreign() throws {
    let program = try Executable()
    let text = (Notebooks.transformer(steps: 1) + "\n").replacing(
      "seed: 3\n", with: "seed: 3\nsave: out\n", maxReplacements: 1)
    try program.folder.write("a.md", text)
    try program.folder.write("out/config.json", "{}")
    let refused = try program.run("a.md")
    #expect(refused.code == 3)
    #expect(
      refused.errors.contains(
        "can't save the model to out: its config.json was not written by nbrun"),
      "\(refused.errors)")
    #expect(refused.errors.contains("= move it away, or save to another folder"))
    #expect(try program.folder.text("out/config.json") == "{}")
    try FileManager.default.removeItem(atPath: program.folder.path("out"))
    #expect(try program.run("a.md").code == 0)
    let model = try program.folder.bytes("out/model.safetensors")
    let other = try Executable()
    try other.folder.write("a.md", text.replacing("seed: 3", with: "seed: 4"))
    #expect(try other.run("a.md").code == 0)
    // Another run's model in its place: the stored result does not stand for it.
    try program.folder.write(
      "out/model.safetensors", bytes: try other.folder.bytes("out/model.safetensors"))
    let again = try program.run("a.md")
    #expect(again.code == 0, "\(again.errors)")
    #expect(try program.folder.bytes("out/model.safetensors") == model)
    #expect(again.errors.contains("train kept  1 steps"), "\(again.errors)")
    let fresh = try program.run("a.md").errors
    #expect(!fresh.contains("run") && fresh.contains("cached"), "\(fresh)")
  }

  /// The digests in a notebook's outputs.
  private static func digests(_ text: String) -> [Substring] {
    text.split(separator: "\n").filter { $0.hasPrefix("| digest of") }
  }

  @Test("A model that can't be written names its folder")
  func model() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.transformer(steps: 1) + "\n")
    let text = try program.folder.text("a.md").replacing(
      "seed: 3\n", with: "seed: 3\nsave: out\n", maxReplacements: 1)
    try program.folder.write("a.md", text)
    try program.folder.write("out", "a file")
    let run = try program.run("a.md")
    #expect(run.code == 3, "\(run.errors)")
    #expect(run.errors.contains("can't save the model to out: "), "\(run.errors)")
    #expect(!run.errors.contains("NSCocoa") && !run.errors.contains("NSPOSIX"), "\(run.errors)")
  }
}
