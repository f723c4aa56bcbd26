import Foundation
import TestSupport
import Testing

@Suite("Progress and interruption")
struct ProgressTests {
  private func digests(_ program: Executable) throws -> [String: String] {
    try program.record("a.md#kept")["digest"] as? [String: String] ?? [:]
  }

  @Test("On a terminal one line is drawn again and again, and each cell that ran leaves a line")
  func live() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron(steps: 9000))
    let terminal = try PseudoTerminal(["a.md"], in: program.folder.path)
    #expect(terminal.wait() == 0)
    let text = terminal.text
    #expect(text.contains("\r[3/5] train kept  step "))
    #expect(text.contains("eta "))
    #expect(text.contains("\u{1B}[K"))
    #expect(text.contains("[3/5] train kept  9000 steps  loss "))
    #expect(text.contains("5 cells: 5 ran"))
  }

  @Test("Several cells of several notebooks are one line on a terminal that names each")
  func together() throws {
    let program = try Executable()
    // The line is drawn ten times a second: both have to run for longer, on a fast machine too.
    for (name, steps) in [("a.md", 15_000), ("b.md", 15_001)] {
      try program.folder.write(name, Notebooks.perceptron(steps: steps))
    }
    let terminal = try PseudoTerminal(["a.md", "b.md", "-j", "3"], in: program.folder.path)
    #expect(terminal.wait() == 0)
    let text = terminal.text
    #expect(text.contains(" at once: a.md: kept "), "\(text)")
    #expect(text.contains(" · b.md: kept "))
    #expect(text.contains("a.md: [3/5] train kept  15000 steps  loss "))
    #expect(text.contains("b.md: 5 cells: 3 ran, 2 cached"))
  }

  @Test("Without a terminal each cell that ran is a line, and nothing is drawn again")
  func plain() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    let errors = try program.run("a.md").errors
    #expect(!errors.contains("\r") && !errors.contains("\u{1B}"))
    #expect(errors.split(separator: "\n").count == 6)
  }

  @Test(
    "Ctrl-C saves the step and says where it was; the next run goes on from there to the same bits")
  func interrupted() throws {
    let undisturbed = try Executable()
    try undisturbed.folder.write("a.md", Notebooks.perceptron(steps: 8_000))
    #expect(try undisturbed.run("a.md").code == 0)

    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron(steps: 8_000))
    let terminal = try PseudoTerminal(["a.md", "--save-every", "1000"], in: program.folder.path)
    #expect(terminal.waits(for: "train kept  step "))
    terminal.type("\u{03}")
    #expect(terminal.wait() == 130)
    #expect(terminal.text.contains("interrupted after step "))
    #expect(terminal.text.contains("run again to continue"))
    let steps = try FileManager.default.contentsOfDirectory(
      atPath: program.folder.path("results/steps"))
    #expect(steps.count == 1)
    let rest = try program.run("a.md")
    #expect(rest.code == 0, "\(rest.errors)")
    #expect(try digests(program) == digests(undisturbed))
    #expect(try !digests(program).isEmpty)
  }

  @Test("A second Ctrl-C ends the process at once, and nothing that was finished is lost")
  func twice() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron(steps: 200_000))
    let terminal = try PseudoTerminal(["a.md"], in: program.folder.path)
    #expect(terminal.waits(for: "train kept  step "))
    terminal.type("\u{03}\u{03}")
    #expect(terminal.wait() == 130)
    let text = try program.folder.text("a.md")
    #expect(text.contains("#endregion nbrun:out net"))
  }

  @Test("SIGTERM is heard as Ctrl-C is")
  func terminated() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron(steps: 200_000))
    let started = try program.start(["a.md", "--log-format", "json"])
    try started.waits(for: "\"event\": \"step\"")
    kill(started.process.processIdentifier, SIGTERM)
    started.process.waitUntilExit()
    let outcome = try started.outcome()
    #expect(outcome.code == 130)
    let last = try #require(try events(outcome.errors).last)
    #expect(last["event"] as? String == "finished")
    #expect(last["exit_code"] as? Int == 130)
    #expect((last["cells"] as? [String: Int])?["interrupted"] == 1)
  }

  @Test("As JSON each event is a line of its own, from the first cell to the exit code")
  func json() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron(claim: "1 = 2"))
    let run = try program.run("a.md", "--log-format", "json")
    #expect(run.code == 1)
    let events = try events(run.errors)
    let names = events.compactMap { $0["event"] as? String }
    #expect(names.count == events.count)
    #expect(names.filter { $0 == "began" }.count == 4)
    #expect(names.filter { $0 == "ended" }.count == 5)
    #expect(names.contains("failed_claim"))
    #expect(names.last == "finished")
    let step = try #require(events.last { $0["event"] as? String == "step" })
    #expect(step["step"] as? Int == 5 && step["steps"] as? Int == 5)
    #expect(step["peak"] is Int && step["loss"] is Double && step["file"] as? String == "a.md")
    let again = try program.run("a.md", "--log-format", "json")
    let cached = try self.events(again.errors).filter { $0["outcome"] as? String == "cached" }
    #expect(cached.count == 5)
  }

  @Test("As JSON mistakes are events too, whatever the notebook has in its names")
  func diagnostics() throws {
    let program = try Executable()
    try program.folder.write("a.md", "```yaml {.nbrun-train #x}\nmodel\u{1B}[31m: \"\\n\"\n```\n")
    let run = try program.run("a.md", "--log-format", "json")
    #expect(run.code == 2)
    let events = try events(run.errors)
    #expect(!events.isEmpty)
    #expect(events.allSatisfy { $0["event"] as? String == "diagnostic" })
    #expect(!run.errors.contains("\u{1B}"))
  }

  private func events(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map { line in
      let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
      return try #require(value as? [String: Any])
    }
  }
}
