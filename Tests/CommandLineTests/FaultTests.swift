import Foundation
import TestSupport
import Testing

@Suite("Faults around a run")
struct FaultTests {
  /// A notebook whose training goes on for seconds.
  private static let long = Notebooks.perceptron(steps: 12_000)

  /// Starts a run and waits until it trains.
  private func startTraining(
    _ program: Executable, _ arguments: String...
  ) throws -> Executable.Started {
    let started = try program.start(arguments)
    try started.waits(for: "model net")
    return started
  }

  @Test("A second run of a notebook waits and says for whom; with a time limit it ends with 4")
  func waiting() throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.long)
    let first = try startTraining(program, "a.md")
    let process = first.process.processIdentifier
    let impatient = try program.run("a.md", "--lock-timeout", "0.1")
    #expect(impatient.code == 4)
    #expect(impatient.errors.contains("a.md is being run by process \(process); waiting for it"))
    #expect(impatient.errors.contains("error[locked]: is being run by process \(process)"))
    // Another notebook does not wait.
    try program.folder.write("b/a.md", Notebooks.perceptron())
    #expect(try program.run("b/a.md", "--lock-timeout", "0").code == 0)
    let second = try program.run("a.md")
    #expect(second.code == 0)
    #expect(second.errors.hasSuffix("5 cells: 5 cached\n"), "\(second.errors)")
    first.process.waitUntilExit()
    #expect(try first.outcome().code == 0)
  }

  @Test(
    "A signal saves the step, ends with 130, and the next run goes on from there",
    arguments: [SIGTERM, SIGINT, SIGHUP])
  func terminated(signal: Int32) throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.long)
    let started = try program.start(["a.md", "--log-format", "json"])
    try started.waits(for: "\"event\": \"step\"")
    kill(started.process.processIdentifier, signal)
    started.process.waitUntilExit()
    let outcome = try started.outcome()
    #expect(outcome.code == 130, "\(outcome.errors)")
    #expect(outcome.errors.contains("\"message\": \"interrupted after step "))
    #expect(try program.run("a.md").code == 0)
  }

  @Test("Under nohup the end of the terminal is none of the run")
  func nohup() throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.long)
    let started = try program.start(
      ["-c", "trap '' HUP; exec \"$0\" a.md --log-format json", Executable.path],
      program: "/bin/bash")
    try started.waits(for: "\"event\": \"step\"")
    kill(started.process.processIdentifier, SIGHUP)
    started.process.waitUntilExit()
    #expect(try started.outcome().code == 0)
  }

  @Test("A notebook that changes during its run is left as it is, and nothing that ran is lost")
  func changedMeanwhile() throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.long)
    let started = try startTraining(program, "a.md")
    let edited = Self.long + "\nWritten meanwhile.\n"
    try program.folder.write("a.md", edited)
    started.process.waitUntilExit()
    let outcome = try started.outcome()
    #expect(outcome.code == 4)
    #expect(outcome.errors.contains("error[changed-meanwhile]"))
    #expect(try program.folder.text("a.md") == edited)
    let again = try program.run("a.md", "-v")
    #expect(again.code == 0)
    #expect(again.errors.contains("train kept  cached"))
    #expect(try program.folder.text("a.md").contains("Written meanwhile."))
  }

  @Test("A full disk ends a run with 4 and one line, and leaves the notebook whole")
  func fullDisk() throws {
    let program = try Executable()
    let text = Notebooks.perceptron() + String(repeating: "Words.\n\n", count: 2_000)
    try program.folder.write("a.md", text)
    // In blocks of 1,024 bytes: less than the notebook has.
    let started = try program.start(
      ["-c", "ulimit -f 8; exec \"$0\" a.md -q", Executable.path], program: "/bin/bash")
    started.process.waitUntilExit()
    let outcome = try started.outcome()
    #expect(outcome.code == 4, "\(outcome.errors)")
    #expect(outcome.errors.contains("error[unwritable]: can't be written: File too large"))
    #expect(try program.folder.text("a.md") == text)
    let names = try FileManager.default.contentsOfDirectory(atPath: program.folder.path)
    #expect(names.sorted() == ["a.md", "results"])
    #expect(try program.run("a.md").code == 0)
  }

  private static let canDropRights =
    geteuid() != 0 || access("/usr/bin/setpriv", X_OK) == 0

  @Test(
    "A folder that can't be written ends a run with 4 and names the file",
    .enabled(if: canDropRights, "root can write everywhere, and setpriv is not there"))
  func readOnly() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    let folders = [program.folder.path, program.folder.path("results")]
    for folder in folders { chmod(folder, 0o555) }
    defer { for folder in folders { chmod(folder, 0o755) } }
    let rights = geteuid() == 0 ? ["--reuid", "65534", "--clear-groups"] : []
    let started = try program.start(
      rights + [Executable.path, "a.md"],
      program: rights.isEmpty ? "/usr/bin/env" : "/usr/bin/setpriv")
    started.process.waitUntilExit()
    let outcome = try started.outcome()
    #expect(outcome.code == 4, "\(outcome.errors)")
    #expect(outcome.errors.contains("error[unwritable]"))
    #expect(try program.folder.text("a.md") == Notebooks.perceptron())
  }

  @Test("A store that is deleted during a run costs its results and nothing else")
  func deletedStore() throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.long)
    let started = try startTraining(program, "a.md")
    for name in try FileManager.default.contentsOfDirectory(
      atPath: program.folder.path("results")) where name.hasPrefix("nbrun.sqlite")
    {
      unlink(program.folder.path("results/\(name)"))
    }
    started.process.waitUntilExit()
    #expect(try started.outcome().code == 0)
    #expect(try program.folder.text("a.md").contains("#region nbrun:out again"))
    #expect(try program.run("a.md").code == 0)
    #expect(try program.run("cache", "verify").code == 0)
  }

  @Test("A store that is cut off, or of a newer version, is a warning and an uncached run")
  func unusableStore() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    try program.run("a.md")
    let whole = try program.folder.bytes("results/nbrun.sqlite")
    var newer = whole
    // The version is the big-endian number at offset 60 of SQLite's header.
    newer[63] = 99
    for (bytes, code) in [
      (Array(whole.prefix(whole.count / 2)), "store-damaged"), (newer, "store-newer"),
    ] {
      try program.folder.write("results/nbrun.sqlite", bytes: bytes)
      let run = try program.run("a.md")
      #expect(run.code == 0, "\(run.errors)")
      #expect(run.errors.contains("warning[\(code)]"), "\(run.errors)")
      #expect(try program.folder.bytes("results/nbrun.sqlite") == bytes)
    }
    #expect(try program.run("cache", "ls").code == 4)
    #expect(try program.run("cache", "clear", "--yes").code == 0)
    #expect(try program.run("a.md").code == 0)
  }

  @Test("A symbolic link stays one: the notebook that it leads to is run and written")
  func links() throws {
    let program = try Executable()
    try program.folder.write("notebooks/a.md", Notebooks.perceptron())
    try FileManager.default.createSymbolicLink(
      atPath: program.folder.path("link.md"), withDestinationPath: "notebooks/a.md")
    #expect(try program.run("link.md").code == 0)
    let attributes = try FileManager.default.attributesOfItem(
      atPath: program.folder.path("link.md"))
    #expect(attributes[.type] as? FileAttributeType == .typeSymbolicLink)
    #expect(try program.folder.text("notebooks/a.md").contains("#region nbrun:out claims"))
    #expect(try program.run("notebooks/a.md").errors == "5 cells: 5 cached\n")
    unlink(program.folder.path("link.md"))
    try FileManager.default.createSymbolicLink(
      atPath: program.folder.path("link.md"), withDestinationPath: "nowhere.md")
    #expect(try program.run("link.md").code == 4)
  }

  @Test("Twenty processes at once, on shared and on own notebooks: all end well on one store")
  func concurrent() throws {
    let program = try Executable()
    for name in 0..<8 {
      try program.folder.write("n\(name).md", Notebooks.perceptron(steps: 5 + name))
    }
    let started = try (0..<20).map { try program.start(["n\($0 % 8).md"]) }
    for run in started {
      run.process.waitUntilExit()
      let outcome = try run.outcome()
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(!outcome.errors.contains("warning"), "\(outcome.errors)")
    }
    #expect(try program.run("cache", "verify").code == 0)
    for name in 0..<8 {
      #expect(try program.run("check", "n\(name).md").code == 0)
      #expect(try program.run("n\(name).md").errors == "5 cells: 5 cached\n")
    }
  }
}
