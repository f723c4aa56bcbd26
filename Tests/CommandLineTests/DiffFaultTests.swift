import Foundation
import TestSupport
import Testing

/// What `diff` does about notebooks that can't be compared, and how it names what it speaks of.
@Suite("Faults of diff", .enabled(if: Repository.hasGit, "git is not on this machine"))
struct DiffFaultTests {
  private static let clouds = """
    ```yaml {.nbrun-data #clouds}
    blobs: {classes: 3, examples: 30, features: 2}
    ```

    """

  /// A repository with three notebooks as they were run: `a.md`, `b.md`, `sub/c.md`.
  private func repository() throws -> Repository {
    let repository = try Repository(Self.clouds)
    let program = repository.program
    try program.folder.write("b.md", Self.clouds)
    try FileManager.default.createDirectory(
      atPath: program.folder.path("sub"), withIntermediateDirectories: true)
    try program.folder.write("sub/c.md", Self.clouds)
    try program.folder.write("words.md", "No directive.\n")
    #expect(try program.run("a.md", "b.md", "sub/c.md").code == 0)
    try repository.commit()
    return repository
  }

  private func edit(_ name: String, _ old: String, _ new: String, _ program: Executable) throws {
    let text = try program.folder.text(name)
    #expect(text.contains(old))
    try program.folder.write(name, text.replacingOccurrences(of: old, with: new))
  }

  /// Runs in a folder below.
  private func run(
    in folder: String, _ arguments: String..., program: Executable
  ) throws -> Executable.Outcome {
    let started = try program.start(
      ["-c", #"cd "$0" && exec "$@""#, folder, Executable.path] + arguments, program: "/bin/sh")
    started.process.waitUntilExit()
    return try started.outcome()
  }

  @Test("Of several notebooks the one that is not valid is named, and the others are compared")
  func invalid() throws {
    let program = try repository().program
    #expect(try program.run("diff").output == "results identical\n")
    try edit("b.md", "{.nbrun-data #clouds}", "{.nbrun-data #Clouds}", program)
    let alone = try program.run("diff")
    #expect(alone.code == 2)
    #expect(alone.output == "results identical; not compared: b.md\n")
    #expect(alone.errors.contains("b.md:1:23: error[invalid-id]"))
    try edit("sub/c.md", "classes: 3, ex", "classes: 4, ex", program)
    let both = try program.run("diff")
    #expect(both.code == 2)
    #expect(both.output.contains("sub/c.md#clouds"))
    #expect(both.output.hasSuffix("same; not compared: b.md\n"))
    #expect(try program.run("diff", "--json").output.contains(#""uncompared" : ["#))
    #expect(try program.run("diff", "--md").output.contains("> b.md: not compared: 'Clouds'"))
  }

  @Test("Of several notebooks the one that can't be planned is named, and the others are compared")
  func unplanned() throws {
    let program = try repository().program
    try edit("a.md", "classes: 3, ex", "clases: 3, ex", program)
    try edit("sub/c.md", "classes: 3, ex", "classes: 4, ex", program)
    let diff = try program.run("diff")
    #expect(diff.code == 2)
    #expect(diff.errors.hasPrefix("a.md: error[not-planned]: can't be planned"))
    #expect(diff.output.contains("sub/c.md#clouds"))
    #expect(diff.output.hasSuffix("same; inputs not compared, as a.md can't be planned\n"))
  }

  @Test("Of several notebooks the one that can't be read is named, and the others are compared")
  func unreadable() throws {
    let program = try repository().program
    try FileManager.default.removeItem(atPath: program.folder.path("b.md"))
    try FileManager.default.createDirectory(
      atPath: program.folder.path("b.md"), withIntermediateDirectories: true)
    try edit("a.md", "classes: 3, ex", "classes: 4, ex", program)
    let diff = try program.run("diff")
    #expect(diff.code == 4)
    #expect(diff.errors.hasPrefix("b.md: error[unreadable]"))
    #expect(diff.output.contains("a.md#clouds"))
    #expect(diff.output.hasSuffix("same; not compared: b.md\n"))
  }

  @Test("A notebook that was deleted is missing its cells, and never a pass")
  func deleted() throws {
    let repository = try repository()
    let program = repository.program
    try FileManager.default.removeItem(atPath: program.folder.path("words.md"))
    #expect(try program.run("diff").output == "results identical\n")
    try FileManager.default.removeItem(atPath: program.folder.path("b.md"))
    let diff = try program.run("diff")
    #expect(diff.code == 1)
    #expect(diff.output.contains("b.md#clouds"))
    #expect(diff.output.contains("1 missing"))
    try repository.git("rm", "--quiet", "b.md")
    #expect(try program.run("diff").output == diff.output)
  }

  @Test("A new notebook is new, and one that is not tracked is left alone")
  func new() throws {
    let repository = try repository()
    let program = repository.program
    try program.folder.write("d.md", Self.clouds)
    #expect(try program.run("diff").output == "results identical\n")
    try repository.git("add", "d.md")
    let diff = try program.run("diff")
    #expect(diff.code == 0)
    #expect(diff.output.contains("d.md#clouds"))
    #expect(diff.output.hasSuffix("1 new\n"))
  }

  @Test(
    "A revision is named as git takes it where the command runs, the file as one would open it",
    arguments: [
      (".", "sub/c.md", "HEAD:./sub/c.md", "sub/c.md"),
      (".", "a.md", "HEAD:./a.md", "a.md"),
      (".", "HEAD:sub/c.md", "HEAD:sub/c.md", "sub/c.md"),
      (".", "HEAD:./a.md", "HEAD:./a.md", "a.md"),
      ("sub", "c.md", "HEAD:./c.md", "c.md"),
      ("sub", "HEAD:sub/c.md", "HEAD:sub/c.md", "c.md"),
      ("sub", "HEAD:a.md", "HEAD:a.md", "../a.md"),
      ("sub", "../a.md", "HEAD:../a.md", "../a.md"),
    ])
  func names(folder: String, operand: String, before: String, after: String) throws {
    let repository = try repository()
    let program = repository.program
    for name in ["a.md", "sub/c.md"] {
      try edit(name, "classes: 3, ex", "classes: 4, ex", program)
    }
    let diff = try run(in: folder, "diff", operand, program: program)
    #expect(diff.code == 1, "\(diff.errors)")
    #expect(diff.output.hasPrefix("A  \(before)\nB  \(after)\n"))
  }

  @Test("A mistake in a revision is told with the revision, and so is one that git does not know")
  func mistakes() throws {
    let repository = try repository()
    let program = repository.program
    try edit("sub/c.md", "{.nbrun-data #clouds}", "{.nbrun-data #Clouds}", program)
    try repository.commit()
    try edit("sub/c.md", "{.nbrun-data #Clouds}", "{.nbrun-data #clouds}", program)
    let broken = try program.run("diff", "sub/c.md")
    #expect(broken.code == 2)
    #expect(broken.errors.hasPrefix("HEAD:./sub/c.md:1:23: error[invalid-id]"))
    let unknown = try program.run("diff", "sub/none.md")
    #expect(unknown.code == 2)
    #expect(unknown.errors.contains("'sub/none.md'") || unknown.errors.contains("sub/none.md"))
    try program.folder.write("sub/new.md", Self.clouds)
    let new = try program.run("diff", "sub/new.md")
    #expect(new.code == 2)
    #expect(new.errors.contains("can't read HEAD:./sub/new.md: git knows no such commit"))
    let commit = try program.run("diff", "v9:a.md", "a.md")
    #expect(commit.code == 2)
    #expect(commit.errors.contains("can't read v9:a.md: git knows no such commit"))
  }
}
