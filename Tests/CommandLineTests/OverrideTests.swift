import TestSupport
import Testing

@Suite("Runs with other parameters than the notebook's")
struct OverrideTests {
  private static let text =
    "---\nparams: {n: 5}\n---\n\n"
    + Notebooks.perceptron()
    .replacing("steps: 5", with: "steps: ${n}")

  @Test("The notebook stays as it is, and the run says where its outputs can go")
  func stays() throws {
    let program = try Executable()
    try program.folder.write("a.md", Self.text)
    let note = "nbrun: a.md stays as it is: "
    let run = try program.run("a.md", "-P", "n=6")
    #expect(run.code == 0)
    #expect(run.errors.contains(note), "\(run.errors)")
    #expect(try program.folder.text("a.md") == Self.text)
    #expect(try !program.run("a.md", "-P", "n=6", "-q").errors.contains(note))
    #expect(try !program.run("a.md", "-P", "n=6", "-o", "b.md").errors.contains(note))
    #expect(try !program.run("a.md", "--sweep", "n=5,6").errors.contains(note))
    #expect(try program.folder.text("a.md") == Self.text)
    #expect(try !program.run("a.md", "-P", "n=6", "--in-place").errors.contains(note))
    #expect(try program.folder.text("a.md") != Self.text)
  }
}
