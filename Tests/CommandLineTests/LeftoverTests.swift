import Foundation
import TestSupport
import Testing

@Suite("Left-overs of killed processes")
struct LeftoverTests {
  @Test("A run removes what dead processes left beside its notebook, and nothing of living ones")
  func removed() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    let dead = try program.start(["--version"]).process
    dead.waitUntilExit()
    try program.folder.write("a.md.nbrun-\(dead.processIdentifier)", "half a notebook")
    try program.folder.write(
      "results/a/kept-0.svg.nbrun-\(dead.processIdentifier)", "half a figure")
    let half = ["steps/0.step", "weights/0.weights"].map {
      "results/\($0).nbrun-\(dead.processIdentifier)"
    }
    for name in half { try program.folder.write(name, "half") }
    let living = ["a.md.nbrun-\(getpid())", "a.md.nbrun-x", "b.md.nbrun-\(dead.processIdentifier)"]
    for name in living { try program.folder.write(name, "") }
    #expect(try program.run("a.md").code == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: program.folder.path)
    #expect(Set(names) == Set(living + ["a.md", "results"]))
    let figures = try FileManager.default.contentsOfDirectory(
      atPath: program.folder.path("results/a"))
    #expect(figures.allSatisfy { $0.hasSuffix(".svg") })
    #expect(half.allSatisfy { access(program.folder.path($0), F_OK) != 0 })
  }
}
