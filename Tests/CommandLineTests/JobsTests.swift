import Foundation
import TestSupport
import Testing

@Suite("nbrun -j")
struct JobsTests {
  /// A notebook with a sweep of four points: of batches, or of rates one of which ends in infinity.
  private static func sweep(
    steps: Int = 20, axes: String = "sweep: {batch: [4, 8], seed: [1, 2]}",
    shown: String = "batch=4"
  ) -> String {
    Notebooks.perceptron() + """

      ```yaml {.nbrun-train #points}
      model: net
      data: spirals
      steps: \(steps)
      \(axes)
      optimizer: {adamw: {lr: 0.01}}
      ```

      ```yaml {.nbrun-eval #evaluated}
      train: kept
      split: train
      ```

      ```yaml {.nbrun-query #losses}
      sql: SELECT cell, value FROM metric WHERE name = 'loss.last' ORDER BY cell
      ```

      The last loss was <!-- nbrun:val points[\(shown),seed=2].loss.last --><!-- /nbrun:val -->.

      """
  }

  private static func failingSweep(steps: Int = 20) -> String {
    sweep(
      steps: steps, axes: "batch: 8\nsweep: {optimizer.adamw.lr: [0.01, 1e30], seed: [1, 2]}",
      shown: "lr=0.01")
  }

  @Test(
    "A run of four cells at once leaves the notebook, the digests and the history of one by one")
  func equal() throws {
    let text = Self.sweep()
    let (one, four) = (try Executable(), try Executable())
    for (program, jobs) in [(one, "1"), (four, "4")] {
      try program.folder.write("a.md", text)
      let run = try program.run("a.md", "-j", jobs)
      #expect(run.code == 0, "\(run.errors)")
      #expect(run.errors.hasSuffix("12 cells: 12 ran\n"), "\(run.errors)")
    }
    #expect(try four.withoutTimes("a.md") == one.withoutTimes("a.md"))
    for cell in ["kept", "again", "points[batch=8,seed=2]"] {
      let digests = try [one, four].map {
        try #require(try $0.record("a.md#\(cell)")["digest"] as? [String: String])
      }
      #expect(digests[0] == digests[1] && !digests[0].isEmpty)
    }
    #expect(try four.run("a.md").errors == "12 cells: 12 cached\n")
    #expect(try four.run("a.md", "-j", "4").errors == "12 cells: 12 cached\n")
    #expect(try four.run("check", "a.md").code == 0)
    let steps = four.folder.path("results/steps")
    let saved = try FileManager.default.contentsOfDirectory(atPath: steps)
    #expect(!saved.contains { $0.hasSuffix(".step") })
  }

  @Test("A point that fails is told as it fails, the others are run, and the notebook is the same")
  func failing() throws {
    let text = Self.failingSweep()
    let (one, four) = (try Executable(), try Executable())
    for (program, jobs) in [(one, "1"), (four, "4")] {
      try program.folder.write("a.md", text)
      let run = try program.run("a.md", "-k", "-j", jobs)
      #expect(run.code == 3, "\(run.errors)")
      #expect(run.errors.contains("points[lr=1e30,seed=1]  failed: "))
      #expect(run.errors.contains("points[lr=1e30,seed=2]  failed: "))
      #expect(run.errors.contains("points[lr=0.01,seed=2]  20 steps"))
    }
    #expect(try four.withoutTimes("a.md") == one.withoutTimes("a.md"))
  }

  @Test("With --fail-fast a failing point stops the others at their next step, which is saved")
  func failFast() throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.failingSweep(steps: 400_000))
    let run = try program.run("a.md", "-j", "4", "--fail-fast", "--threads", "1")
    #expect(run.code == 3, "\(run.errors)")
    #expect(run.errors.contains("lr=1e30"))
    #expect(!run.errors.contains("lr=0.01,seed=1]  400000 steps"))
  }

  @Test("SIGTERM reaches every cell: each saves its step, and the run ends with 130")
  func terminated() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron(steps: 400_000))
    let started = try start(program, cells: ["kept", "again"])
    kill(started.process.processIdentifier, SIGTERM)
    started.process.waitUntilExit()
    let outcome = try started.outcome()
    #expect(outcome.code == 130, "\(outcome.errors)")
    #expect(outcome.errors.contains("\"interrupted\": 2"), "\(outcome.errors.suffix(600))")
    let saved = try FileManager.default.contentsOfDirectory(
      atPath: program.folder.path("results/steps"))
    #expect(saved.filter { $0.hasSuffix(".step") }.count == 2)
  }

  @Test("A killed run leaves no process behind")
  func killed() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron(steps: 400_000))
    let started = try start(program, cells: ["kept", "again"])
    let process = started.process.processIdentifier
    let children = try String(
      contentsOfFile: "/proc/\(process)/task/\(process)/children", encoding: .utf8
    ).split(separator: " ").compactMap { pid_t($0) }
    #expect(children.count == 2)
    kill(process, SIGKILL)
    started.process.waitUntilExit()
    let start = ContinuousClock.now
    // A process that nobody waits for stays in the table as a zombie where no init reaps it.
    while children.contains(where: Self.isRunning), ContinuousClock.now - start < .seconds(300) {
      usleep(10_000)
    }
    #expect(!children.contains(where: Self.isRunning))
  }

  @Test("Cells that may not reserve their memory together run one after the other")
  func memory() throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.sweep())
    let alone = try program.run(
      "a.md", "-j", "4", "--memory-limit", "12KiB", "--log-format", "json")
    #expect(alone.code == 0, "\(alone.errors)")
    var running = 0
    var most = 0
    for line in alone.errors.split(separator: "\n") where line.contains("\"kind\": \"train\"") {
      running += line.contains("\"began\"") ? 1 : line.contains("\"ended\"") ? -1 : 0
      most = max(most, running)
    }
    #expect(most == 1)
  }

  @Test("A number of cells that makes no sense is refused")
  func mistakes() throws {
    let program = try Executable()
    for jobs in ["0", "-1", "1000", "many"] {
      #expect(try program.run("a.md", "-j", jobs).code == 2)
    }
  }

  /// Starts a run of two cells at once and waits until both train.
  private func start(_ program: Executable, cells: [String]) throws -> Executable.Started {
    let started = try program.start(
      ["a.md", "-j", "2", "--log-format", "json", "--threads", "1"])
    func trains(_ cell: String) throws -> Bool {
      try started.streams.text("err").split(separator: "\n").contains {
        $0.contains("\"event\": \"step\"") && $0.contains("\"cell\": \"\(cell)\"")
      }
    }
    while started.process.isRunning, try !cells.allSatisfy(trains) { usleep(5_000) }
    return started
  }

  private static func isRunning(_ process: pid_t) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let state = status.split(separator: ")").last?.split(separator: " ").first
    else { return false }
    return state != "Z" && state != "X"
  }
}
