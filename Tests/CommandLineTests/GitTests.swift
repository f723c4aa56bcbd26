import Foundation
import TestSupport
import Testing

@Suite("git", .enabled(if: Repository.hasGit, "git is not on this machine"))
struct GitTests {
  private static let prose = "# Spirals\n\nSome words.\n\n"

  private func repository(steps: Int = 3) throws -> Repository {
    let text = Notebooks.perceptron(steps: steps).replacingOccurrences(
      of: "# Spirals\n\n", with: Self.prose)
    let repository = try Repository(text)
    #expect(try repository.program.run("a.md").code == 0)
    #expect(try repository.program.run("git-setup").code == 0)
    try repository.commit()
    return repository
  }

  @Test("git-setup says what it sets, sets it once, and takes all of it away again")
  func setup() throws {
    let repository = try Repository(Notebooks.perceptron())
    let printed = try repository.program.run("git-setup", "--print")
    #expect(printed.code == 0)
    #expect(printed.output.contains("diff.nbrun.command"))
    let before = try repository.program.folder.text(".git/config")
    #expect(!before.contains("nbrun"))
    try repository.program.folder.write(".gitattributes", "*.png binary\n")
    #expect(try repository.program.run("git-setup").code == 0)
    #expect(try repository.git("config", "diff.nbrun.command").hasSuffix("git-diff\n"))
    #expect(try repository.git("check-attr", "diff", "a.md") == "a.md: diff: nbrun\n")
    #expect(try repository.program.run("git-setup").output == "nothing to change\n")
    #expect(try repository.program.run("git-setup", "--remove").code == 0)
    #expect(try repository.program.folder.text(".gitattributes") == "*.png binary\n")
    let outcome = try repository.gitOutcome(["config", "--get-regexp", "nbrun"])
    #expect(outcome.output == "")
  }

  @Test("Outside of a repository git-setup says so, and --global needs none")
  func outside() throws {
    let program = try Executable()
    let local = try program.run("git-setup")
    #expect(local.code == 2)
    #expect(local.errors.contains("no git repository; use --global"))
    let home = ["HOME": program.folder.path, "XDG_CONFIG_HOME": ""]
    #expect(try program.run("git-setup", "--global", environment: home).code == 0)
    #expect(try program.folder.text(".gitconfig").contains("merge-driver"))
    #expect(
      try program.folder.text(".config/git/attributes") == "*.md diff=nbrun merge=nbrun\n")
  }

  @Test("A repository that git refuses to read is not called none, and the way to trust it is told")
  func refused() throws {
    let repository = try Repository(Notebooks.perceptron())
    let asAnother = ["GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"]
    for arguments in [["check"], ["diff", "a.md"], ["git-setup"]] {
      let outcome = try repository.program.run(arguments: arguments, environment: asAnother)
      #expect(outcome.code == 2)
      #expect(
        outcome.errors.contains("'git config --global --add safe.directory"), "\(outcome.errors)")
    }
  }

  @Test("However many files git warns of, a run asks it for the work tree's state and ends")
  func warnings() throws {
    let repository = try Repository(Notebooks.perceptron())
    let names = (0..<1500).map { "crlf/a-name-that-makes-the-warning-long-\($0).txt" }
    for name in names { try repository.program.folder.write(name, "one\n") }
    _ = try repository.git("add", "--all")
    try repository.commit()
    for name in names { try repository.program.folder.write(name, "two\r\n") }
    _ = try repository.git("config", "core.autocrlf", "input")
    let warned = try repository.gitOutcome(["diff", "--stat", "HEAD"])
    #expect(warned.errors.utf8.count > 1 << 16)
    #expect(try repository.program.run("a.md").code == 0)
  }

  @Test("git diff shows what was written and what was recorded, and no output region")
  func diff() throws {
    let repository = try repository()
    try repository.edit("Some words.", "Other words.")
    try repository.edit("checkpoint: {every: 3}", "checkpoint: none")
    try repository.program.run("a.md")
    let diff = try repository.git("diff")
    #expect(diff.contains("-Some words.\n+Other words.\n"))
    #expect(diff.contains("-checkpoint: {every: 3}\n+checkpoint: none\n"))
    #expect(diff.contains("Memory: why\n"))
    #expect(!diff.contains("#region"))
  }

  @Test("git diff shows other Markdown, new files and files that went as plain text")
  func plainText() throws {
    let repository = try repository()
    try repository.program.folder.write("b.md", "one\ntwo\n")
    try repository.git("add", "b.md")
    #expect(try repository.git("diff", "--cached").contains("--- /dev/null\n+++ b/b.md\n"))
    try repository.commit()
    try repository.program.folder.write("b.md", "one\n2\n")
    let diff = try repository.git("diff")
    #expect(
      diff
        == "diff --nbrun a/b.md b/b.md\n--- a/b.md\n+++ b/b.md\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n")
    try repository.git("rm", "--quiet", "-f", "b.md", "a.md")
    let gone = try repository.git("diff", "--cached")
    #expect(gone.contains("+++ /dev/null\n"))
    #expect(gone.contains("missing"))
  }

  @Test("Two branches that changed one cell merge without a conflict in its output, which is stale")
  func outputs() throws {
    let repository = try repository()
    try repository.git("checkout", "--quiet", "-b", "other")
    try repository.edit("noise: 0.1", "noise: 0.3")
    try repository.program.run("a.md")
    try repository.commit()
    try repository.git("checkout", "--quiet", "main")
    try repository.edit("lr: 0.01", "lr: 0.02")
    try repository.edit("Some words.", "Our words.")
    try repository.program.run("a.md")
    try repository.commit()
    let merge = try repository.gitOutcome(["merge", "--quiet", "-m", "Merge", "other"])
    #expect(merge.code == 0, "\(merge.output)\(merge.errors)")
    let text = try repository.program.folder.text("a.md")
    #expect(!text.contains("<<<<<<<"))
    #expect(text.contains("noise: 0.3") && text.contains("lr: 0.02") && text.contains("Our words."))
    let check = try repository.program.run("check", "a.md")
    #expect(check.code == 1)
    #expect(check.output.contains("stale[kept]"))
    #expect(!check.output.contains("edited"))
    // The data changed on one side only: its output came along.
    #expect(!check.output.contains("[spirals]"))
    #expect(try repository.program.run("a.md").code == 0)
    #expect(try repository.program.run("check", "a.md").code == 0)
  }

  @Test("A conflict in what the authors wrote stays a conflict, and the outputs stay out of it")
  func conflict() throws {
    let repository = try repository()
    try repository.git("checkout", "--quiet", "-b", "other")
    try repository.edit("Some words.", "Their words.")
    try repository.commit()
    try repository.git("checkout", "--quiet", "main")
    try repository.edit("Some words.", "Our words.")
    try repository.commit()
    let merge = try repository.gitOutcome(["merge", "--quiet", "-m", "Merge", "other"])
    #expect(merge.code == 1)
    let text = try repository.program.folder.text("a.md")
    #expect(text.contains("<<<<<<< ours\nOur words.\n=======\nTheir words.\n>>>>>>> theirs\n"))
    #expect(try repository.program.run("check", "a.md").code == 0)
  }
}
