import Foundation
import Glibc
import Runner
import TestSupport
import Testing

/// Notebooks and stores with bytes that nobody wrote, in the hands of the built program: however it
/// ends, it says so as NOTEBOOK-FORMAT.md does.
///
/// A few of each: `make fuzz`, or `NBRUN_FUZZ=50`, tries 500.
@Suite("Changed bytes and the program")
struct ProgramFuzzTests {
  /// The exit codes that there are.
  private static let documented: Set<Int32> = [0, 1, 2, 3, 4, 5, 130]

  @Test("A notebook with changed bytes ends a command as documented, and loses nothing it said")
  func notebooks() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    #expect(try program.run("a.md").code == 0)
    let whole = try program.folder.bytes("a.md")
    let files = try Self.files(program)
    for seed in fuzzCases(10) {
      var random = RepeatableGenerator(seed: seed)
      let changed = changedBytes(whole, &random)
      try program.folder.write("a.md", bytes: changed)
      let before = NotebookText(program.folder.path("a.md"))
      // Every other command is one that writes nothing.
      let arguments = random.oneIn(2) ? random.pick(Self.readers) : ["a.md", "--lock-timeout", "0"]
      let code = try Self.end(of: arguments, in: program, "seed \(seed)")
      if code == 2 || arguments.first != "a.md" {
        #expect(try program.folder.bytes("a.md") == changed, "seed \(seed) \(arguments)")
      }
      #expect(NotebookText(program.folder.path("a.md")) == before, "seed \(seed) \(arguments)")
      #expect(try Self.files(program) == files, "seed \(seed) \(arguments)")
    }
  }

  @Test("A store with changed bytes ends a command as documented, and changes no notebook's words")
  func stores() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    #expect(try program.run("a.md").code == 0)
    // With a region less something has to be read from the store.
    let claims = /<!-- #region nbrun:out claims[\s\S]*?endregion nbrun:out claims -->\n/
    let cut = try program.folder.text("a.md").replacing(claims) { _ in "" }
    let store = try program.folder.bytes("results/nbrun.sqlite")
    for seed in fuzzCases(10) {
      var random = RepeatableGenerator(seed: seed)
      for name in ["nbrun.sqlite-wal", "nbrun.sqlite-shm"] {
        unlink(program.folder.path("results/\(name)"))
      }
      try program.folder.write("results/nbrun.sqlite", bytes: changedBytes(store, &random))
      try program.folder.write("a.md", cut)
      let before = NotebookText(program.folder.path("a.md"))
      let reads = random.oneIn(2)
      let code = try Self.end(
        of: reads ? random.pick(Self.readers) : ["a.md"], in: program, "seed \(seed)")
      // A store is a convenience: a run goes on without it.
      if !reads { #expect(code == 0, "seed \(seed)") }
      #expect(NotebookText(program.folder.path("a.md")) == before, "seed \(seed)")
    }
  }

  /// Commands that change no notebook.
  private static let readers = [
    ["check", "a.md"], ["status", "a.md"], ["ls", "a.md"], ["why", "a.md"], ["runs"],
    ["show", "a.md#kept"], ["show", "1"], ["diff", "a.md", "a.md"], ["diff", "1", "a.md"],
    ["plan", "a.md"],
    ["query", "SELECT * FROM metric"], ["export", "json", "a.md"], ["cache", "ls"],
    ["cache", "verify"],
  ]

  /// How a command ends: by itself, with a documented code, and with a word where it went wrong.
  private static func end(
    of arguments: [String], in program: Executable, _ seed: String
  ) throws -> Int32 {
    let started = try program.start(arguments)
    let process = started.process
    // A changed digit may ask for a training of hours: Ctrl-C, once a minute has passed.
    let patience = Date().addingTimeInterval(60)
    while process.isRunning {
      usleep(2_000)
      if Date() > patience { process.interrupt() }
    }
    let outcome = try started.outcome()
    let what = "\(seed): \(arguments.joined(separator: " ")): \(outcome.errors)"
    #expect(process.terminationReason == .exit, "\(what)")
    #expect(documented.contains(outcome.code), "\(what)")
    #expect(!outcome.errors.contains("Fatal error"), "\(what)")
    if outcome.code > 1 { #expect(outcome.errors.contains("error["), "\(what)") }
    return outcome.code
  }

  /// The program's folder but for results, whose names follow from keys.
  private static func files(_ program: Executable) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: program.folder.path)
      .filter { !$0.hasPrefix("results") }.sorted()
  }
}
