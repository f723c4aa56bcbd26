import TestSupport
import Testing

@Suite("nbrun --sweep")
struct SweepTests {
  private func program() throws -> Executable {
    let program = try Executable()
    let text = Notebooks.perceptron().replacing("steps: 5", with: "steps: ${steps}")
      .replacing("batch: 8", with: "batch: ${batch}").replacing("lr: 0.01", with: "lr: ${rate}")
    let front =
      "---\nparams:\n  steps: {type: int, default: 5, max: 50}\n  batch: 8\n  rate: 0.01\n---\n\n"
    try program.folder.write("a.md", front + text)
    return program
  }

  @Test(
    "Each combination is a run and a row; the file stays, and another sweep computes nothing",
    arguments: ["1", "4"])
  func combinations(jobs: String) throws {
    let program = try program()
    let text = try program.folder.text("a.md")
    func sweep() throws -> Executable.Outcome {
      try program.run(
        "a.md", "--sweep", "batch=4,8", "--sweep", "steps=range(2,4)", "--show", "kept.steps",
        "-j", jobs)
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

  @Test(
    "A combination that can't be run is a row with its cause, and the others run",
    arguments: ["1", "4"])
  func failures(jobs: String) throws {
    let program = try program()
    let run = try program.run("a.md", "--sweep", "steps=60,3", "-j", jobs)
    #expect(run.code == 2)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 3 && lines[1].hasPrefix("60 ") && lines[1].contains("60"))
    #expect(run.errors.contains("--sweep steps=60"))
    let fast = try program.run("a.md", "--sweep", "steps=60,3", "--fail-fast", "-j", jobs)
    #expect(fast.output.split(separator: "\n").count == 2)
  }

  @Test(
    "A combination whose cell fails is a row with its cause, and the table is that of one by one")
  func failingCells() throws {
    let tables = try ["1", "4"].map { jobs in
      let run = try self.program().run(
        "a.md", "--sweep", "rate=0.01,1e30,0.02", "--sweep", "steps=2,3", "-j", jobs)
      #expect(run.code == 3, "\(run.errors)")
      return run.output
    }
    #expect(tables[0] == tables[1])
    #expect(tables[0].split(separator: "\n").count == 7)
  }

  @Test("Cells that several combinations have in common run once, whichever comes first")
  func shared() throws {
    let program = try Executable()
    let text =
      Notebooks.perceptron() + """

        ```yaml {.nbrun-train #varied}
        model: net
        data: spirals
        steps: 3
        seed: ${seed}
        batch: 8
        optimizer: {sgd: {lr: 0.01}}
        ```

        """
    try program.folder.write("a.md", "---\nparams: {seed: 1}\n---\n\n" + text)
    let run = try program.run(
      "a.md", "--sweep", "seed=range(0,5)", "-j", "3", "--log-format", "json")
    #expect(run.code == 0, "\(run.errors)")
    let log = try EventLog(run.errors)
    #expect(log.trainings == 7)
    #expect(Set(log.workers.values).count <= 3)
    let points = log.named("finished").compactMap { $0["point"] as? String }
    #expect(points == (0..<5).map { "seed=\($0)" })
  }

  @Test("With --fail-fast a failing combination stops the others, whose steps are saved")
  func failFast() throws {
    let program = try program()
    let text = try program.folder.text("a.md").replacing("max: 50", with: "max: 500000")
    try program.folder.write("a.md", text)
    let run = try program.run(
      "a.md", "--sweep", "rate=0.01,1e30", "-P", "steps=400000", "-j", "4", "--fail-fast",
      "--threads", "1")
    #expect(run.code == 3, "\(run.errors)")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count <= 3 && lines.contains { $0.hasPrefix("1e30 ") }, "\(run.output)")
  }

  @Test("What is no sweep is refused with an example")
  func mistakes() throws {
    let program = try program()
    for sweep in [
      "steps", "steps=", "steps=1,,2", "steps=range(1)", "steps=range(3,1)",
    ] {
      let run = try program.run("a.md", "--sweep", sweep)
      #expect(run.code == 2, "\(sweep)")
      #expect(run.errors.contains("for example: --sweep"), "\(sweep)")
    }
    #expect(try program.run("a.md", "--sweep", "steps=1", "--in-place").code == 2)
    let twice = try program.run("a.md", "--sweep", "steps=1,2,1")
    #expect(twice.code == 2 && twice.errors.contains("gives 'steps' the value 1 twice"))
  }

  @Test("What is wrong for all combinations is told once, before any of them runs")
  func common() throws {
    let program = try program()
    func expect(_ message: String, _ arguments: String...) throws {
      for jobs in ["1", "2"] {
        let run = try program.run(arguments: ["a.md", "-j", jobs] + arguments)
        #expect(run.code == 2 && run.output.isEmpty, "\(run.output)")
        #expect(run.errors.ranges(of: message).count == 1, "\(run.errors)")
        #expect(!run.errors.contains("train"), "\(run.errors)")
      }
    }
    try expect("unknown parameter 'stepps'", "--sweep", "stepps=1,2")
    try expect("'steps' is set by -P and by --sweep", "--sweep", "steps=1,2", "-P", "steps=3")
    try expect("write 'kept.loss.last'", "--sweep", "steps=1,2", "--show", "loss.last")
    try expect("did you mean 'loss.last'?", "--sweep", "steps=1,2", "--show", "kept.los.last")
    try expect("did you mean 'kept'?", "--sweep", "steps=1,2", "--show", "kepd.loss.last")
  }
}
