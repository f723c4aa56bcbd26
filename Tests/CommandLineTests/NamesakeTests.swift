import Foundation
import TestSupport
import Testing

@Suite("Notebooks of one name in two folders")
struct NamesakeTests {
  @Test("A run that gives up a figure never removes one that the other notebook shows")
  func figures() throws {
    let program = try Executable()
    try program.folder.write("a/n.md", Notebooks.perceptron(steps: 5))
    try program.folder.write("b/n.md", Notebooks.perceptron(steps: 6))
    #expect(try program.run("a/n.md", "b/n.md").code == 0)
    let before = try shown("b/n.md", program)
    let old = try shown("a/n.md", program)
    #expect(!Set(before).subtracting(old).isEmpty)
    try program.folder.write(
      "a/n.md", try program.folder.text("a/n.md").replacing("steps: 5", with: "steps: 7"))
    #expect(try program.run("a/n.md").code == 0)
    let new = try shown("a/n.md", program)
    let files = try FileManager.default.contentsOfDirectory(
      atPath: program.folder.path("results/n"))
    #expect(Set(files) == Set(before + new))
    #expect(!Set(old).subtracting(new).subtracting(before).isSubset(of: files))
  }

  @Test(
    "So it is of notebooks whose figures share a folder under other names, and of hidden ones",
    arguments: ["n", "n.txt", ".hidden/n.md"])
  func otherNames(name: String) throws {
    let program = try Executable()
    try program.folder.write("n.md", Notebooks.perceptron(steps: 5))
    try program.folder.write(name, Notebooks.perceptron(steps: 6))
    #expect(try program.run("n.md", name).code == 0)
    let text = try program.folder.text("n.md").replacing("steps: 5", with: "steps: 7")
    try program.folder.write("n.md", text)
    #expect(try program.run("n.md").code == 0)
    #expect(try program.run("check", name).code == 0)
    let files = try FileManager.default.contentsOfDirectory(
      atPath: program.folder.path("results/n"))
    #expect(try Set(shown(name, program)).isSubset(of: files))
  }

  /// The names of the figures that a notebook refers to.
  private func shown(_ notebook: String, _ program: Executable) throws -> [String] {
    try program.folder.text(notebook).matches(of: /results\/n\/([^)]*\.svg)/).map {
      String($0.1)
    }
  }

  @Test("A notebook whose name is a folder's way has its figures in a folder of its own")
  func dots() throws {
    let program = try Executable()
    let names = ["..md", "...md"]
    let strange = ["mine-deadbeef.svg", "results/mine-deadbeef.svg", "results/n/mine-deadbeef.svg"]
    for file in strange { try program.folder.write(file, "<svg/>") }
    for name in names + ["n.md"] {
      try program.folder.write(name, Notebooks.perceptron(steps: 5))
      #expect(try program.run("./" + name).code == 0)
      #expect(try program.run("check", "./" + name).code == 0)
    }
    for file in strange { #expect(try program.folder.text(file) == "<svg/>") }
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: program.folder.path("results"))
    #expect(folders.contains(".-figures") && folders.contains("..-figures"), "\(folders)")
  }

  @Test(
    "Another notebook with equal cells that ran since changes no byte of this one, times included")
  func equalCells() throws {
    let program = try Executable()
    for name in ["a.md", "b.md"] { try program.folder.write(name, Notebooks.perceptron()) }
    #expect(try program.run("a.md", "b.md").code == 0)
    let written = try program.folder.text("b.md")
    #expect(try program.run("--force", "a.md").code == 0)
    #expect(try program.run("b.md").errors == "5 cells: 5 cached\n")
    #expect(try program.folder.text("b.md") == written)
  }
}
