import Foundation
import TestSupport
import Testing

@Suite("Cells by their tags")
struct TagTests {
  /// `kept` and `again` are both slow, `again` is heavy too.
  private static let text = Notebooks.perceptron()
    .replacing("#kept}", with: "#kept}\n#| tags: [slow]")
    .replacing("#again}", with: "#again}\n#| tags: [slow, heavy]")

  private func program() throws -> Executable {
    let program = try Executable()
    try program.folder.write("a.md", Self.text)
    return program
  }

  /// The cells that have an output.
  private func written(_ program: Executable) throws -> [String] {
    try program.folder.text("a.md").matches(of: #/<!-- #region nbrun:out (\S+)/#)
      .map { String($0.output.1) }
  }

  @Test("--tag runs the cells with a tag and what they need, beside those that --only names")
  func tag() throws {
    let program = try program()
    #expect(try program.run("a.md", "--tag", "heavy").code == 0)
    #expect(try written(program) == ["spirals", "net", "again"])
    let other = try self.program()
    #expect(try other.run("a.md", "--tag", "heavy", "--only", "kept").code == 0)
    #expect(try written(other) == ["spirals", "net", "kept", "again"])
  }

  @Test("--skip-tag leaves out the cells with a tag and all that need them")
  func skipTag() throws {
    let program = try program()
    #expect(try program.run("a.md", "--skip-tag", "heavy").code == 0)
    #expect(try written(program) == ["spirals", "net", "kept"])
    let other = try self.program()
    #expect(try other.run("a.md", "--tag", "slow", "--skip-tag", "heavy", "-j", "2").code == 0)
    #expect(try written(other) == ["spirals", "net", "kept"])
  }

  @Test("A tag that no cell has is a mistake that names the nearest one, and nothing runs")
  func unknown() throws {
    let program = try program()
    for option in ["--tag", "--skip-tag"] {
      let run = try program.run("a.md", option, "slwo")
      #expect(run.code == 2)
      #expect(run.errors.contains("error[unknown-tag]: no cell has the tag 'slwo'"))
      #expect(run.errors.contains("did you mean 'slow'?"))
    }
    #expect(try program.folder.text("a.md") == Self.text)
  }
}
