import Foundation
import TestSupport
import Testing

@Suite("Colours")
struct TerminalTests {
  private static let escape = "\u{1B}["

  @Test("Without a terminal nothing is coloured, unless it is asked for")
  func color() throws {
    #expect(try !errors().contains(Self.escape))
    #expect(try errors("--color", "always").contains(Self.escape))
    #expect(try errors(environment: ["CLICOLOR_FORCE": "1"]).contains(Self.escape))
  }

  @Test("NO_COLOR forbids colours, and an option wins over it")
  func noColor() throws {
    let both = ["NO_COLOR": "1", "CLICOLOR_FORCE": "1"]
    #expect(try !errors(environment: both).contains(Self.escape))
    #expect(try errors("--color=always", environment: both).contains(Self.escape))
    #expect(
      try !errors("--color=never", environment: ["CLICOLOR_FORCE": "1"]).contains(Self.escape))
  }

  private func errors(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> String {
    let program = try Executable()
    try program.folder.write("a.md", "```yaml {.nbrun-trai #x}\n```\n")
    let started = try program.start(["a.md"] + arguments, environment: environment)
    started.process.waitUntilExit()
    return try started.outcome().errors
  }
}
