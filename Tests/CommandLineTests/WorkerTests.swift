import Foundation
import TestSupport
import Testing

@Suite("Worker processes")
struct WorkerTests {
  /// A notebook with a sweep, of which each point trains so many steps.
  private static func sweep(points: Int, steps: Int = 5) -> String {
    Notebooks.perceptron(steps: steps) + """

      ```yaml {.nbrun-train #points}
      model: net
      data: spirals
      steps: \(steps)
      batch: 8
      sweep: {seed: [\((1...points).map(String.init).joined(separator: ", "))]}
      optimizer: {sgd: {lr: 0.01}}
      ```

      """
  }

  @Test("As many processes as cells may run at once take all cells of a run, one after the other")
  func reused() throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.sweep(points: 8))
    let run = try program.run("a.md", "-j", "2", "--log-format", "json")
    #expect(run.code == 0, "\(run.errors)")
    let workers = try EventLog(run.errors).workers
    #expect(workers.count == 10)
    #expect(Set(workers.values).count == 2)
  }

  @Test("No more processes are started than there are cells to be run")
  func needed() throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.sweep(points: 2))
    let run = try program.run("a.md", "-j", "32", "--log-format", "json")
    #expect(run.code == 0, "\(run.errors)")
    #expect(try Set(EventLog(run.errors).workers.values).count == 4)
    try program.folder.write(
      "a.md", Self.sweep(points: 3).replacing("seed: [1, 2, 3]", with: "seed: [1, 2, 9]"))
    let one = try program.run("a.md", "-j", "32", "--log-format", "json")
    #expect(try EventLog(one.errors).workers.keys.sorted() == ["points[seed=9]"])
    let none = try program.run("a.md", "-j", "32", "--log-format", "json")
    #expect(try EventLog(none.errors).workers.isEmpty)
  }

  @Test(
    "A killed process fails its cell alone: another takes its place, and the step that was saved is gone on from"
  )
  func killed() throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.sweep(points: 2, steps: 400_000))
    let arguments = ["a.md", "-j", "2", "-k", "--threads", "1", "--log-format", "json"]
    let started = try program.start(arguments + ["--save-every", "0.01"])
    func log() throws -> EventLog { try EventLog(started.streams.text("err")) }
    try started.waits { try log().hasSteps(of: "kept") && log().hasSteps(of: "again") }
    try started.waits { try Self.savedSteps(program) == 2 }
    let victim = try #require(try log().workers["kept"])
    kill(victim, SIGKILL)
    // One of the points is begun by a process that was not there before.
    try started.waits { try log().workers.count == 3 }
    try started.waits { try log().hasSteps(of: "again") }
    let workers = try log().workers
    let other = try #require(workers.first { $0.key.hasPrefix("points") }?.value)
    #expect(other != victim && other != workers["again"])
    kill(started.process.processIdentifier, SIGTERM)
    started.process.waitUntilExit()
    let outcome = try started.outcome()
    #expect(outcome.code == 3, "\(outcome.errors.suffix(2000))")
    let ended = try log().ended
    #expect(ended["kept"]?["message"] as? String == "its process was ended by signal 9")
    #expect(ended["again"]?["outcome"] as? String == "interrupted")
    // The next run goes on from the saved step.
    let next = try program.start(arguments + ["--only", "kept"])
    try next.waits { try EventLog(next.streams.text("err")).hasSteps(of: "kept") }
    kill(next.process.processIdentifier, SIGTERM)
    next.process.waitUntilExit()
    #expect(try EventLog(next.outcome().errors).firstStep(of: "kept") ?? 0 > 1)
  }

  @Test("A process that waits for a cell has given the memory of the last one back")
  func idle() throws {
    let program = try Executable()
    let large = Notebooks.perceptron(steps: 1).replacing("[16, 16]", with: "[2000, 2000]")
    try program.folder.write(
      "a.md",
      large + """

        ```yaml {.nbrun-model #small}
        preset: mlp
        features: 2
        hidden: [16]
        classes: 3
        ```

        ```yaml {.nbrun-train #long}
        model: small
        data: spirals
        steps: 4000000
        batch: 8
        optimizer: {sgd: {lr: 0.01}}
        ```

        """)
    let started = try program.start([
      "a.md", "-j", "2", "--threads", "1", "--skip", "again", "--log-format", "json",
    ])
    func log() throws -> EventLog { try EventLog(started.streams.text("err")) }
    try started.waits { try log().ended["kept"] != nil && log().hasSteps(of: "long") }
    let worker = try #require(try log().workers["kept"])
    let memory = try Self.memory(of: worker)
    kill(started.process.processIdentifier, SIGTERM)
    started.process.waitUntilExit()
    // Weights, gradients, and what the loss needs: two times 16 MB.
    #expect(memory.peak > 32 << 20)
    #expect(memory.now < memory.peak - (30 << 20), "\(memory)")
  }

  @Test("Twenty processes at once with several cells each: all end well on one store")
  func concurrent() throws {
    let program = try Executable()
    // Every second notebook has the cells of the one before it.
    for name in 0..<8 {
      try program.folder.write("n\(name).md", Notebooks.perceptron(steps: 5 + name / 2))
    }
    let started = try (0..<20).map {
      try program.start(["n\($0 % 8).md", "-j", "2", "--threads", "1", "--save-every", "0"])
    }
    for run in started {
      run.process.waitUntilExit()
      let outcome = try run.outcome()
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(!outcome.errors.contains("warning"), "\(outcome.errors)")
    }
    #expect(try program.run("cache", "verify").code == 0)
    for name in 0..<8 {
      let run = try program.run("n\(name).md", "--threads", "1")
      #expect(run.errors == "5 cells: 5 cached\n")
    }
  }

  private static func savedSteps(_ program: Executable) throws -> Int {
    let folder = program.folder.path("results/steps")
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .count { $0.hasSuffix(".step") }
  }

  /// Resident bytes of a process.
  private static func memory(of process: pid_t) throws -> (now: Int, peak: Int) {
    let text = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    func size(_ name: String) -> Int {
      let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
      let digits = (line ?? "").filter { $0.isASCII && $0.isNumber }
      return (Int(digits) ?? 0) << 10
    }
    return (size("VmRSS:"), size("VmHWM:"))
  }
}
