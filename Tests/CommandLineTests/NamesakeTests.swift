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
}
