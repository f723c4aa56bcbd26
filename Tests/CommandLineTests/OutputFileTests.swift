import Foundation
import TestSupport
import Testing

@Suite("Notebooks that are written elsewhere")
struct OutputFileTests {
  /// The figures that a file in a folder shows, and whether they are there.
  private func shown(
    in name: String, _ program: Executable
  ) throws -> [(link: String, isThere: Bool)] {
    let folder = URL(fileURLWithPath: program.folder.path(name)).deletingLastPathComponent()
    return try program.folder.text(name).matches(of: #/]\(([^)]+\.svg)\)/#).map { match in
      let path = folder.appendingPathComponent(String(match.output.1)).path
      return (String(match.output.1), FileManager.default.fileExists(atPath: path))
    }
  }

  @Test("A copy shows its figures from its own folder, inside of the project and outside")
  func figures() throws {
    let program = try Executable()
    try program.folder.write("project/a.md", Notebooks.perceptron())
    try program.folder.write("project/results/keep", "")
    try program.folder.write("project/deep/keep", "")
    let folders = [
      "project/b.md": "results/b/", "project/deep/c.md": "../results/c/",
      "d.md": "project/results/d/",
    ]
    for (output, folder) in folders {
      #expect(try program.run("project/a.md", "-o", output).code == 0)
      let figures = try shown(in: output, program)
      #expect(figures.count == 4)
      #expect(figures.allSatisfy { $0.isThere }, "\(output): \(figures)")
      #expect(figures.allSatisfy { $0.link.hasPrefix(folder) }, "\(output): \(figures)")
    }
  }

  @Test("What is no regular file is written into, and the file that a link leads to is replaced")
  func specialFiles() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    try program.folder.write("real.md", "")
    let link = program.folder.path("link.md")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "real.md")
    #expect(try program.run("a.md", "-o", "link.md").code == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "real.md")
    #expect(try program.folder.text("real.md").contains("#region nbrun:out claims"))
    let pipe = program.folder.path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let reader = try program.start(["pipe"], program: "/bin/cat")
    #expect(try program.run("a.md", "-o", "pipe").code == 0)
    reader.process.waitUntilExit()
    #expect(try reader.outcome().output.contains("#region nbrun:out claims"))
    var status = stat()
    #expect(stat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
  }

  @Test("A notebook whose name is one of ours keeps its figures, and one that was renamed too")
  func names() throws {
    let program = try Executable()
    for name in ["weights", "steps", "nbrun.sqlite"] {
      try program.folder.write("\(name).md", Notebooks.perceptron())
      let run = try program.run("\(name).md")
      #expect(run.code == 0, "\(run.errors)")
      let figures = try shown(in: "\(name).md", program)
      #expect(figures.count == 4)
      #expect(figures.allSatisfy { $0.isThere && $0.link.hasPrefix("results/\(name)-figures/") })
    }
    try FileManager.default.moveItem(
      atPath: program.folder.path("steps.md"), toPath: program.folder.path("other name.md"))
    let check = try program.run("check", "other name.md")
    #expect(check.code == 0, "\(check.output)")
  }

  @Test("A copy keeps its figures when the notebook changes")
  func kept() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    #expect(try program.run("a.md").code == 0)
    #expect(try program.run("a.md", "-o", "b.md").code == 0)
    try program.folder.write("a.md", Notebooks.perceptron(steps: 6))
    #expect(try program.run("a.md").code == 0)
    for name in ["a.md", "b.md"] {
      let figures = try shown(in: name, program)
      #expect(figures.count == 4 && figures.allSatisfy { $0.isThere }, "\(figures)")
    }
  }

  @Test("Neither the notebook itself nor a store is written over, whatever the command")
  func precious() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    #expect(try program.run("a.md").code == 0)
    try program.folder.write(
      "a.md", try program.folder.text("a.md").replacing("| batch", with: "| Batch"))
    let edited = try program.folder.text("a.md")
    try FileManager.default.createSymbolicLink(
      atPath: program.folder.path("link.md"), withDestinationPath: "a.md")
    let store = "results/nbrun.sqlite"
    for (arguments, code) in [
      (["a.md", "-o", "a.md"], "output-is-input"),
      (["a.md", "-o", "./link.md"], "output-is-input"),
      (["a.md", "-P", "x=1", "-o", "a.md"], "unknown-parameter"),
      (["a.md", "-o", store], "output-is-database"),
      (["export", "csv", "a.md", "-o", store], "output-is-database"),
      (["export", "html", "a.md", "-o", store], "output-is-database"),
    ] {
      let outcome = try program.run(arguments: arguments)
      #expect(outcome.code == 2 && outcome.errors.contains("[\(code)]"), "\(outcome.errors)")
    }
    #expect(try program.folder.text("a.md") == edited)
    #expect(try program.run("cache", "verify").code == 0)
  }
}
