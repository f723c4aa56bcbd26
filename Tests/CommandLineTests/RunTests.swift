import Foundation
import TestSupport
import Testing

@Suite("nbrun FILE")
struct RunTests {
  @Test("A second run executes nothing, changes no byte and keeps the file")
  func idempotent() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    let first = try program.run("a.md")
    #expect(first.code == 0, "\(first.errors)")
    #expect(first.errors.hasSuffix("5 cells: 5 ran\n"), "\(first.errors)")
    let (text, time) = (try program.folder.text("a.md"), program.modified("a.md"))
    let second = try program.run("a.md")
    #expect(second.code == 0)
    #expect(second.errors == "5 cells: 5 cached\n")
    #expect(try program.folder.text("a.md") == text)
    #expect(program.modified("a.md") == time)
  }

  @Test("An expected error is a result: a second run does not ask for it again")
  func expectedError() throws {
    let program = try Executable()
    try program.folder.write(
      "a.md",
      """
      ```yaml {.nbrun-data #points}
      spirals: {classes: 3, examples: 300}
      ```

      ```yaml {.nbrun-model #perceptron}
      preset: mlp
      features: 2
      hidden: [64]
      classes: 3
      ```

      ```yaml {.nbrun-train #refused}
      #| error: true
      model: perceptron
      data: points
      steps: 1
      batch: 100
      memory_limit: 1 KiB
      ```

      """)
    #expect(try program.run("a.md").code == 0)
    let text = try program.folder.text("a.md")
    #expect(text.contains("**Error** memory-limit"))
    #expect(try program.run("a.md").errors == "3 cells: 3 cached\n")
    #expect(try program.folder.text("a.md") == text)
  }

  @Test("Threads change no digest, and every run reaches the peak that was planned")
  func threads() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.transformer())
    var digests: [[String: String]] = []
    for threads in ["1", "2"] {
      #expect(try program.run("a.md", "--threads", threads).code == 0)
      for cell in ["kept", "again"] {
        let record = try program.record("a.md#\(cell)")
        let memory = try #require(record["memory"] as? [String: Any])
        #expect(memory["planned_peak"] as? Int == memory["measured_peak"] as? Int)
        let environment = record["environment"] as? [String: Any]
        #expect(environment?["threads"] as? Int == Int(threads))
        digests.append(try #require(record["digest"] as? [String: String]))
      }
    }
    #expect(Set(digests).count == 1)
  }

  @Test("--force=ID runs that cell again, and --force all of them")
  func force() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    try program.run("a.md")
    #expect(try program.run("a.md", "--force=kept").errors.hasSuffix("5 cells: 1 ran, 4 cached\n"))
    #expect(try program.run("--force", "a.md").errors.hasSuffix("5 cells: 4 ran, 1 cached\n"))
  }

  @Test("A notebook on the standard input goes with its outputs to the standard output")
  func standardInput() throws {
    let program = try Executable()
    let piped = try program.run("-", "-q", input: Notebooks.perceptron())
    #expect(piped.code == 0, "\(piped.errors)")
    #expect(piped.errors == "")
    #expect(piped.output.contains("#region nbrun:out claims"))
    try program.folder.write("a.md", Notebooks.perceptron())
    let copied = try program.run("a.md", "-o", "-", "-q")
    #expect(copied.output.contains("#region nbrun:out claims"))
    #expect(try program.folder.text("a.md") == Notebooks.perceptron())
  }

  @Test("Portable numerics take the AVX2 kernels, and give the same bits as native ones")
  func portable() throws {
    let program = try Executable()
    let notebook = Notebooks.transformer()
    try program.folder.write("native.md", notebook)
    try program.folder.write("portable.md", "---\nnbrun: {numerics: portable}\n---\n" + notebook)
    #expect(try program.run("native.md", "portable.md").code == 0)
    let native = try program.record("native.md#kept")
    let portable = try program.record("portable.md#kept")
    let environment = try #require(portable["environment"] as? [String: Any])
    #expect(environment["kernels"] as? String == "avx2")
    #expect(environment["blas"] as? String == "none")
    let digests = try #require(portable["digest"] as? [String: String])
    #expect(digests == native["digest"] as? [String: String])
    #expect(!digests.isEmpty)
  }

  @Test("Without a terminal each cell that ran is one line on the standard error")
  func lines() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    let run = try program.run("a.md")
    #expect(run.output == "")
    let line = try #require(run.errors.split(separator: "\n").first { $0.contains("train kept") })
    #expect(line.hasPrefix("[3/5] train kept  5 steps  loss "))
    #expect(try program.run("a.md", "-q").errors == "")
    #expect(try program.run("a.md", "-v").errors.contains("[3/5] train kept  cached\n"))
  }

  @Test("An interrupted run ends with 130 and a second one continues to the same numbers")
  func interrupted() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron(steps: 20_000))
    let started = try program.start(["a.md", "--log-format", "json"])
    try started.waits(for: "\"event\": \"step\"")
    started.process.interrupt()
    started.process.waitUntilExit()
    let outcome = try started.outcome()
    #expect(outcome.code == 130, "\(outcome.errors)")
    #expect(outcome.errors.contains("\"message\": \"interrupted after step "))
    #expect(try program.run("a.md").code == 0)
    let digest = try program.record("a.md#again")["digest"] as? [String: String]
    #expect(digest == (try program.record("a.md#kept")["digest"] as? [String: String]))
  }
}
