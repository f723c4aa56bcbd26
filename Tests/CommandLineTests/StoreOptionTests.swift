import TestSupport
import Testing

@Suite("Options about the store")
struct StoreOptionTests {
  @Test("What git shows as a difference comes from the store that NBRUN_STORE names")
  func gitDiff() throws {
    func difference(_ environment: [String: String]) throws -> (Executable, [String]) {
      let program = try Executable()
      let old = Notebooks.perceptron(rate: "0.01")
      try program.folder.write("a.md", old)
      try program.run("a.md", environment: environment)
      try program.folder.write("old.md", try program.folder.text("a.md"))
      try program.folder.write(
        "a.md", try program.folder.text("a.md").replacing("lr: 0.01", with: "lr: 0.5"))
      try program.run("a.md", environment: environment)
      return (
        program,
        ["git-diff", "a.md", "old.md", "0", "100644", "a.md", "0", "100644"]
      )
    }
    let elsewhere = try TemporaryDirectory()
    let environment = ["NBRUN_STORE": elsewhere.path("other.sqlite")]
    let (usual, arguments) = try difference([:])
    let (other, _) = try difference(environment)
    let expected = try usual.run(arguments: arguments)
    let found = try other.run(arguments: arguments, environment: environment)
    #expect(expected.code == 0 && expected.output.contains("loss"))
    #expect(found.output == expected.output)
    #expect(try other.run(arguments: arguments).output != expected.output)
  }

  @Test(
    "Commands that tell of stored results alone refuse --no-cache",
    arguments: [
      ["diff"], ["query", "SELECT 1"], ["runs"], ["show", "a.md#x"], ["why", "a.md"], ["status"],
      ["ls", "a.md"], ["export", "json", "a.md"], ["export", "csv", "a.md"], ["cache", "ls"],
      ["cache", "gc"], ["doctor"], ["promote", "a.md"],
    ])
  func noCache(arguments: [String]) throws {
    let outcome = try Executable().run(arguments: arguments + ["--no-cache"])
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("Unknown option '--no-cache'"))
  }
}
