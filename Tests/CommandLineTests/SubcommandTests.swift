import Testing

@Suite("Subcommands that do not exist")
struct SubcommandTests {
  @Test(
    "A mistyped subcommand is refused with the nearest one",
    arguments: [
      ("cache", "verfy", "nbrun cache verify"), ("cache", "lst", "nbrun cache ls"),
      ("export", "hmtl", "nbrun export html"), ("export", "jsn", "nbrun export json"),
    ])
  func nearest(group: String, word: String, meant: String) throws {
    let outcome = try Executable().run(group, word)
    #expect(outcome.code == 2)
    #expect(outcome.output == "")
    #expect(
      outcome.errors.hasPrefix("Error: Unexpected argument '\(word)'. Did you mean '\(meant)'?\n"))
    #expect(outcome.errors.contains("Usage: nbrun \(group) <subcommand>"))
  }

  @Test("A word that is like none of them is refused without a guess")
  func unlike() throws {
    let outcome = try Executable().run("cache", "frobnicate")
    #expect(outcome.code == 2)
    #expect(outcome.errors.hasPrefix("Error: Unexpected argument 'frobnicate'\n"))
  }

  @Test("Help is given on commands that exist")
  func help() throws {
    for words in [["diff"], ["cache", "ls"], ["git-setup"]] {
      let outcome = try Executable().run(arguments: ["help"] + words)
      #expect(
        outcome.code == 0 && outcome.output.contains("USAGE: nbrun \(words.joined(separator: " "))")
      )
    }
    let wrong = try Executable().run("help", "cache", "verfy")
    #expect(wrong.code == 2 && wrong.output.isEmpty)
    #expect(
      wrong.errors == "Error: 'verfy' is no command. Did you mean 'nbrun help cache verify'?\n")
  }

  @Test("A mistake behind a subcommand that exists is none of the subcommand")
  func known() throws {
    let outcome = try Executable().run("cache", "ls", "--limit", "0")
    #expect(outcome.code == 2)
    #expect(!outcome.errors.contains("Did you mean"))
  }
}
