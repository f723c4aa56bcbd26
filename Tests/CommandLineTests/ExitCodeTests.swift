import Foundation
import TestSupport
import Testing

@Suite("Exit codes")
struct ExitCodeTests {
  @Test("A claim that fails is 1, with its values on the standard error")
  func claim() throws {
    let run = try run(Notebooks.perceptron(claim: "kept.memory.peak < 1"))
    #expect(run.code == 1)
    #expect(run.errors.contains("error[failed-claim]: claims: does not hold: "))
    #expect(run.errors.contains("     = kept.memory.peak = "))
  }

  @Test(
    "A mistake on the command line is 2, and says what would be right",
    arguments: [
      (["--thread", "2", "a.md"], "--threads"), (["diff", "a", "b", "c"], "two operands"),
      (["plan", "a.md", "--max-memory", "lots"], "900MiB"),
      (["-P", "steps", "a.md"], "name=value"),
      (["show", "a.md"], "a.md#kept"), (["show", "a.md#kep"], "'kept'"),
      (["show", "9"], "nbrun runs"), (["show", "9", "--layers"], "no layers"), ([], "file"),
      (["a.md", "--params", "a.md", "--color", "maybe"], "auto"),
      (["a.md", "-q", "-v"], "exclude"),
      (["runs", "--limit", "0"], "above 0"), (["-P", "steps=1", "a.md"], "steps"),
    ])
  func usage(arguments: [String], hint: String) throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    let started = try program.start(arguments)
    started.process.waitUntilExit()
    let outcome = try started.outcome()
    #expect(outcome.code == 2, "\(arguments): \(outcome.errors)")
    #expect(
      outcome.errors.lowercased().contains(hint.lowercased()), "\(arguments): \(outcome.errors)")
    #expect(outcome.output == "")
  }

  @Test("A cell that fails is 3, what came before it is kept, and its line is that in the file")
  func failed() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron(rate: "1e30"))
    let run = try program.run("a.md")
    #expect(run.code == 3)
    let text = try program.folder.text("a.md")
    let before = text[
      ..<(text.range(of: "```yaml {.nbrun-train #kept}")?.lowerBound ?? text.endIndex)]
    let line = before.split(separator: "\n", omittingEmptySubsequences: false).count
    #expect(run.errors.contains("a.md:\(line): error[loss-not-finite]: kept: "))
    #expect(text.contains("#region nbrun:out net"))
    #expect(!text.contains("#region nbrun:out kept"))
  }

  @Test("A file that is not there is 4")
  func absent() throws {
    let program = try Executable()
    let run = try program.run("nowhere.md")
    #expect(run.code == 4)
    #expect(
      run.errors == "nowhere.md: error[unreadable]: can't be read: No such file or directory\n")
  }

  @Test("A mistyped subcommand is told from a file by its name")
  func mistyped() throws {
    #expect(try Executable().run("chek").errors.contains("did you mean 'nbrun check'?"))
  }

  @Test("A plan above the memory limit is 5, from run and from plan")
  func memory() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    let plan = try program.run("plan", "a.md", "--max-memory", "1KiB")
    #expect(plan.code == 5)
    #expect(plan.errors.contains("a.md:14: error[memory-limit]: kept: "))
    #expect(try program.run("plan", "a.md", "--max-memory", "1GiB").code == 0)
    #expect(try program.run("a.md", "--memory-limit", "1KiB").code == 5)
  }

  @Test("check is 1 before a run and 0 after it; diff is 0 where nothing differs")
  func differences() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    let before = try program.run("check", "a.md")
    #expect(before.code == 1)
    #expect(before.output.hasPrefix("a.md:3: missing[spirals]: it has no output\n"))
    try program.run("a.md")
    #expect(try program.run("check", "a.md").code == 0)
    #expect(try program.run("diff", "a.md", "a.md").output == "results identical\n")
    #expect(try program.run("diff", "a.md", "a.md").code == 0)
  }

  private func run(_ text: String) throws -> Executable.Outcome {
    let program = try Executable()
    try program.folder.write("a.md", text)
    return try program.run("a.md")
  }
}
