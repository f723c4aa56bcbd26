import Foundation
import TestSupport
import Testing

@Suite("nbrun watch")
struct WatchTests {
  private static let text = Notebooks.perceptron(steps: 5)

  /// Replaces the file as editors do: a new one takes its place.
  private func replace(_ text: String, in program: Executable) throws {
    try program.folder.write(".a.md.swp", text)
    try FileManager.default.removeItem(atPath: program.folder.path("a.md"))
    try FileManager.default.moveItem(
      atPath: program.folder.path(".a.md.swp"), toPath: program.folder.path("a.md"))
  }

  @Test("Saving runs what is cheap at once, however the editor saves, and q ends")
  func saves() throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.text)
    let terminal = try PseudoTerminal(["watch", "a.md"], in: program.folder.path)
    #expect(terminal.waits(for: "5 cells: 5 ran"))
    #expect(terminal.waits(for: "watching; q ends"))
    let written = try program.folder.text("a.md")
    #expect(written.contains("#region nbrun:out kept"))
    try replace(written.replacingOccurrences(of: "batch: 8", with: "batch: 4"), in: program)
    #expect(terminal.waits(for: "5 cells: 3 ran, 2 cached"))
    let again = try program.folder.text("a.md")
    try program.folder.write("a.md", again.replacingOccurrences(of: "batch: 4", with: "batch: 2"))
    #expect(terminal.waits(for: "5 cells: 3 ran, 2 cached", after: "5 cells: 3 ran, 2 cached"))
    terminal.type("q")
    #expect(terminal.wait() == 0)
  }

  @Test("Dear cells wait for a key: a digit runs one, r all")
  func dear() throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.text)
    let terminal = try PseudoTerminal(
      ["watch", "a.md", "--limit", "0"], in: program.folder.path)
    #expect(terminal.waits(for: "nbrun: stale: 1 kept"))
    #expect(terminal.waits(for: "2 again"))
    #expect(try !program.folder.text("a.md").contains("#region nbrun:out kept"))
    #expect(try program.folder.text("a.md").contains("#region nbrun:out net"))
    terminal.type("2")
    #expect(terminal.waits(for: "train again  5 steps"))
    #expect(terminal.waits(for: "nbrun: stale: 1 kept", after: "train again  5 steps"))
    #expect(try !program.folder.text("a.md").contains("#region nbrun:out kept"))
    terminal.type("r")
    #expect(terminal.waits(for: "train kept  5 steps"))
    #expect(terminal.waits(for: "watching; q ends"))
    #expect(try program.folder.text("a.md").contains("#region nbrun:out claims"))
    terminal.type("q")
    #expect(terminal.wait() == 0)
  }

  @Test("A mistake is told and does not end the watching; Ctrl-C does")
  func mistakes() throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.text)
    let terminal = try PseudoTerminal(["watch", "a.md"], in: program.folder.path)
    #expect(terminal.waits(for: "watching; q ends"))
    try replace(Self.text.replacingOccurrences(of: "hidden", with: "hiden"), in: program)
    #expect(terminal.waits(for: "did you mean 'hidden'?"))
    try replace(Self.text, in: program)
    #expect(terminal.waits(for: "5 cells: ", after: "did you mean 'hidden'?"))
    terminal.type("\u{03}")
    #expect(terminal.wait() == 130)
  }

  @Test("A second wish to stop ends the watching at once and gives the terminal back as it was")
  func interruptedTwice() throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.text)
    // The shell outlives the signals: only an ignored one would be ignored by nbrun too.
    let script = "trap : INT TERM; \"$0\" watch a.md; echo \"code $?\"; stty -a; echo end"
    let terminal = try PseudoTerminal(
      ["-c", script, Executable.path], in: program.folder.path, program: "/bin/sh")
    #expect(terminal.waits(for: "watching; q ends"))
    terminal.signal([SIGINT, SIGTERM])
    #expect(terminal.waits(for: "end\r\n", after: "code 130"))
    #expect(terminal.text.contains(" icanon ") && terminal.text.contains(" echo "))
    _ = terminal.wait()
  }

  @Test("Saving stops a run, whose step is kept, and begins the next one")
  func stops() throws {
    let program = try Executable()
    let long = Notebooks.perceptron(steps: 2_000_000)
    try program.folder.write("a.md", long)
    let terminal = try PseudoTerminal(
      ["watch", "a.md", "--limit", "1e9"], in: program.folder.path)
    #expect(terminal.waits(for: "train kept  step "))
    try replace(Self.text, in: program)
    #expect(terminal.waits(for: "train again  5 steps"))
    #expect(terminal.waits(for: "watching; q ends"))
    terminal.type("q")
    #expect(terminal.wait() == 0)
    #expect(try program.folder.text("a.md").contains("#region nbrun:out claims"))
  }
}
