import Foundation
import TestSupport
import Testing

@Suite("What git is to leave alone", .enabled(if: Repository.hasGit, "needs git"))
struct IgnoreTests {
  /// A repository that ignores nothing of nbrun's.
  private func repository() throws -> Repository {
    let repository = try Repository(Notebooks.perceptron())
    try repository.program.folder.write(".git/info/exclude", "")
    return repository
  }

  private func tracked(_ repository: Repository) throws -> [String] {
    try repository.git("add", "--all")
    return try repository.git("ls-files").split(separator: "\n").map(String.init)
  }

  @Test("After a run git adds notebooks and figures, and nothing that belongs to one machine")
  func added() throws {
    let repository = try repository()
    #expect(try repository.program.run("a.md").code == 0)
    let names = try tracked(repository)
    #expect(names.prefix(2) == ["a.md", "results/.gitignore"])
    #expect(names.count > 2 && names.dropFirst(2).allSatisfy { $0.hasSuffix(".svg") }, "\(names)")
  }

  @Test("Who ignores the store already, or wrote such a file, is left to that")
  func decided() throws {
    let repository = try repository()
    try repository.program.folder.write(".gitignore", "*.sqlite*\n")
    #expect(try repository.program.run("a.md").code == 0)
    #expect(try !tracked(repository).contains("results/.gitignore"))
    let other = try self.repository()
    try other.program.folder.write("results/.gitignore", "*.svg\n")
    #expect(try other.program.run("a.md").code == 0)
    #expect(try other.program.folder.text("results/.gitignore") == "*.svg\n")
  }

  @Test("Outside of a repository there is nothing to tell git")
  func outside() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    #expect(try program.run("a.md").code == 0)
    #expect(access(program.folder.path("results/.gitignore"), F_OK) != 0)
  }
}
