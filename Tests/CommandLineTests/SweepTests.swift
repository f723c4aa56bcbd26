import TestSupport
import Testing

@Suite("nbrun --sweep")
struct SweepTests {
  private func program() throws -> Executable {
    let program = try Executable()
    let text = Notebooks.perceptron().replacing("steps: 5", with: "steps: ${steps}")
      .replacing("batch: 8", with: "batch: ${batch}")
    let front = "---\nparams:\n  steps: {type: int, default: 5, max: 50}\n  batch: 8\n---\n\n"
    try program.folder.write("a.md", front + text)
    return program
  }

  @Test("Each combination is a run and a row; the file stays, and another sweep computes nothing")
  func combinations() throws {
    let program = try program()
    let text = try program.folder.text("a.md")
    func sweep() throws -> Executable.Outcome {
      try program.run(
        "a.md", "--sweep", "batch=4,8", "--sweep", "steps=range(2,4)", "--show", "kept.steps")
    }
    let outcome = try sweep()
    #expect(outcome.code == 0, "\(outcome.errors)")
    let rows = outcome.output.split(separator: "\n").map {
      $0.split(separator: " ").map(String.init)
    }
    #expect(
      rows == [
        ["batch", "steps", "kept.steps", "error"], ["4", "2", "2"], ["4", "3", "3"],
        ["8", "2", "2"], ["8", "3", "3"],
      ])
    #expect(try program.folder.text("a.md") == text)
    let again = try sweep()
    #expect(again.output == outcome.output)
    #expect(again.errors.contains("5 cells: 5 cached") && !again.errors.contains("ran"))
  }

  @Test("A combination that can't be run is a row with its cause, and the others run")
  func failures() throws {
    let program = try program()
    let run = try program.run("a.md", "--sweep", "steps=60,3")
    #expect(run.code == 2)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 3 && lines[1].hasPrefix("60 ") && lines[1].contains("60"))
    #expect(run.errors.contains("--sweep steps=60"))
    let fast = try program.run("a.md", "--sweep", "steps=60,3", "--fail-fast")
    #expect(fast.output.split(separator: "\n").count == 2)
  }

  @Test("What is no sweep is refused with an example")
  func mistakes() throws {
    let program = try program()
    for sweep in [
      "steps", "steps=", "steps=1,,2", "steps=1,1", "steps=range(1)", "steps=range(3,1)",
    ] {
      let run = try program.run("a.md", "--sweep", sweep)
      #expect(run.code == 2, "\(sweep)")
      #expect(run.errors.contains("for example: --sweep"), "\(sweep)")
    }
    #expect(try program.run("a.md", "--sweep", "steps=1", "--in-place").code == 2)
  }
}
