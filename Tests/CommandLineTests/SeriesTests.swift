import Foundation
import TestSupport
import Testing

@Suite("Several notebooks at once")
struct SeriesTests {
  private static let broken = "```yaml {.nbrun-train #x}\nstepz: 1\n```\n"

  /// The notebooks of a folder, some of whose cells are equal.
  private static let notebooks = [
    "a.md": Notebooks.perceptron(), "b.md": Notebooks.perceptron(),
    "c.md": Notebooks.perceptron(steps: 7), "d.md": Notebooks.transformer(steps: 2),
    "e.md": Notebooks.perceptron(steps: 6, claim: "kept.loss.last < 0"),
  ]

  private func program(_ notebooks: [String: String] = Self.notebooks) throws -> Executable {
    let program = try Executable()
    for (name, text) in notebooks { try program.folder.write(name, text) }
    return program
  }

  @Test("Four cells at once leave what one after the other leaves, and equal cells run once")
  func equal() throws {
    let (one, four) = (try program(), try program())
    let files = Self.notebooks.keys.sorted()
    let before = try one.run(arguments: files + ["-k", "--log-format", "json"])
    let after = try four.run(arguments: files + ["-k", "--log-format", "json", "-j", "4"])
    #expect(before.code == 1 && after.code == 1, "\(after.errors)")
    for file in files {
      #expect(try four.withoutTimes(file) == one.withoutTimes(file), "\(file)")
      #expect(try four.run("check", file).code == one.run("check", file).code)
      for cell in ["kept", "again"] {
        let records = try [one, four].map { try $0.record("\(file)#\(cell)") }
        for part in ["metrics", "digest", "memory", "recompute", "key", "output"] {
          let parts = try records.map { record in
            try JSONSerialization.data(withJSONObject: ["": record[part]], options: .sortedKeys)
          }
          #expect(parts[0] == parts[1], "\(file) \(cell) \(part)")
        }
      }
    }
    let log = try EventLog(after.errors)
    // Of a and b only one trains.
    #expect(try EventLog(before.errors).trainings == 8 && log.trainings == 8)
    #expect(Set(log.workers.values).count <= 4)
    #expect(log.named("finished").compactMap { $0["file"] as? String } == files)
  }

  @Test(
    "Reports come in the order of the command line, and every line says which notebook it is of")
  func readable() throws {
    let program = try program()
    let run = try program.run("c.md", "a.md", "d.md", "-j", "3")
    #expect(run.code == 0, "\(run.errors)")
    let lines = run.errors.split(separator: "\n")
    #expect(lines.allSatisfy { $0.contains(#/^(nbrun: )?[acd]\.md: /#) }, "\(run.errors)")
    let sums = lines.filter { $0.contains(" cells: ") }
    // The data and the model of a are those of c.
    #expect(
      sums == [
        "c.md: 5 cells: 5 ran", "a.md: 5 cells: 3 ran, 2 cached", "d.md: 4 cells: 4 ran",
      ], "\(run.errors)")
    let again = try program.run("c.md", "a.md", "a.md", "-j", "3")
    #expect(again.errors.split(separator: "\n").count == 3)
    #expect(!again.errors.contains("ran"))
  }

  @Test("A notebook that is named twice is run once and found fresh then")
  func twice() throws {
    let program = try program()
    let run = try program.run("a.md", "a.md", "-j", "2")
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.errors.hasSuffix("a.md: 5 cells: 5 ran\na.md: 5 cells: 5 cached\n"))
    #expect(try program.run("c.md", "c.md", "-j", "2", "--no-cache").code == 0)
  }

  @Test("After a faulty notebook none is run, unless all that can be run is to be run")
  func faulty() throws {
    for (arguments, runs) in [([], ["a.md"]), (["-k"], ["a.md", "c.md"])] {
      let program = try program()
      try program.folder.write("b.md", Self.broken)
      let run = try program.run(arguments: ["a.md", "b.md", "c.md", "-j", "2"] + arguments)
      #expect(run.code == 2, "\(run.errors)")
      // Before anything runs.
      #expect(run.errors.hasPrefix("b.md:"), "\(run.errors)")
      for file in ["a.md", "c.md"] {
        let hasOutput = try program.folder.text(file).contains("#region nbrun:out kept")
        #expect(hasOutput == runs.contains(file), "\(arguments) \(file)")
      }
    }
  }

  @Test("A cell that fails ends the notebooks after it, none before it, and -k none at all")
  func failing() throws {
    let bad = Notebooks.perceptron(steps: 3, rate: "1e30")
    for keepsGoing in [false, true] {
      let program = try program(["a.md": Notebooks.perceptron(), "b.md": bad])
      for name in 0..<4 {
        try program.folder.write("c\(name).md", Notebooks.transformer(steps: 2 + name))
      }
      let files = ["a.md", "b.md", "c0.md", "c1.md", "c2.md", "c3.md"]
      let run = try program.run(
        arguments: files + ["-j", "2"] + (keepsGoing ? ["-k"] : []))
      #expect(run.code == 3, "\(run.errors)")
      #expect(run.errors.contains("a.md: 5 cells: 5 ran"))
      #expect(run.errors.contains("b.md") && run.errors.contains("failed"))
      let last = try program.folder.text("c3.md").contains("#region nbrun:out again")
      #expect(last == keepsGoing, "\(run.errors)")
    }
  }

  @Test(
    "SIGTERM is heard once by all: every cell that runs saves its step, and the exit code is 130")
  func terminated() throws {
    let program = try program([
      "a.md": Notebooks.perceptron(steps: 400_000),
      "b.md": Notebooks.perceptron(steps: 400_001), "c.md": Notebooks.perceptron(steps: 400_002),
    ])
    let started = try program.start([
      "a.md", "b.md", "c.md", "-j", "3", "--threads", "1", "--log-format", "json",
    ])
    func log() throws -> EventLog { try EventLog(started.streams.text("err")) }
    func count(_ event: String) throws -> Int {
      Set(try log().named(event).map { "\($0["file"] ?? "") \($0["cell"] ?? "")" }).count
    }
    try started.waits { try count("step") == 3 }
    kill(started.process.processIdentifier, SIGTERM)
    started.process.waitUntilExit()
    let outcome = try started.outcome()
    #expect(outcome.code == 130, "\(outcome.errors.suffix(2000))")
    let names = try FileManager.default.contentsOfDirectory(
      atPath: program.folder.path("results/steps"))
    #expect(names.count { $0.hasSuffix(".step") } == 3)
    let interrupted = try log().named("ended").filter { $0["outcome"] as? String == "interrupted" }
    #expect(interrupted.count == 3)
  }

  @Test("Runs of the same notebooks in another order wait for each other and never for ever")
  func locks() throws {
    let program = try program()
    let orders = [
      ["a.md", "c.md", "d.md"], ["d.md", "c.md", "a.md"], ["c.md", "a.md", "d.md"],
    ]
    let started = try orders.map { try program.start($0 + ["-j", "2", "--threads", "1"]) }
    for run in started {
      run.process.waitUntilExit()
      let outcome = try run.outcome()
      #expect(outcome.code == 0, "\(outcome.errors)")
    }
  }

  @Test("A query of the whole store finds what it finds when notebooks run one after the other")
  func projectQueries() throws {
    let query = """

      ```yaml {.nbrun-query #all}
      sql: SELECT cell, count(*) AS n FROM history GROUP BY cell ORDER BY cell
      scope: project
      ```

      """
    let texts = try ["1", "3"].map { jobs in
      let program = try program([
        "a.md": Notebooks.perceptron(), "b.md": Notebooks.transformer(steps: 2) + query,
        "c.md": Notebooks.perceptron(steps: 9),
      ])
      let run = try program.run("a.md", "b.md", "c.md", "-j", jobs)
      #expect(run.code == 0, "\(run.errors)")
      return try program.withoutTimes("b.md")
    }
    #expect(texts[0] == texts[1])
  }
}
