import Foundation
import TestSupport
import Testing

@Suite("nbrun query")
struct QueryTests {
  @Test("A query of the store prints a table, JSON or comma-separated values")
  func formats() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    #expect(try program.run("a.md").code == 0)
    let sql = "SELECT cell, value AS steps FROM metric WHERE name = 'steps' ORDER BY cell"
    let table = try program.run("query", sql)
    #expect(table.code == 0, "\(table.errors)")
    #expect(table.output == "cell   steps\nagain      5\nkept       5\n")
    #expect(try program.run("query", sql, "--csv").output == "cell,steps\r\nagain,5\r\nkept,5\r\n")
    let json = try program.run("query", sql, "--json", "--max-rows", "1")
    #expect(json.output == "[\n  {\n    \"cell\": \"again\",\n    \"steps\": 5\n  }\n]\n")
    #expect(json.errors == "nbrun: 1 of 2 rows are shown\n")
  }

  @Test("A cell's position is its place in the notebook, whatever ran when")
  func position() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    #expect(try program.run("a.md", "-j", "2").code == 0)
    try program.folder.write("a.md", Notebooks.perceptron().replacing("every: 3", with: "every: 2"))
    #expect(try program.run("a.md").code == 0)
    #expect(try program.run("a.md", "--only", "kept", "--force").code == 0)
    let run = try program.run("query", "SELECT position, cell FROM cell ORDER BY position", "--csv")
    let cells = ["spirals", "net", "kept", "again", "claims"].enumerated()
    #expect(
      run.output == "position,cell\r\n" + cells.map { "\($0 + 1),\($1)\r\n" }.joined())
  }

  @Test("A notebook that git has put back is what queries tell of, and its old figures are gone")
  func putBack() throws {
    let program = try Executable()
    func steps() throws -> String {
      try program.run("query", "SELECT value FROM metric WHERE name = 'steps' LIMIT 1", "--csv")
        .output
    }
    func figures() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: program.folder.path("results/a")).sorted()
    }
    try program.folder.write("a.md", Notebooks.perceptron(steps: 5))
    #expect(try program.run("a.md").code == 0)
    let (written, drawn) = (try program.folder.text("a.md"), try figures())
    try program.folder.write("a.md", written.replacing("steps: 5", with: "steps: 7"))
    #expect(try program.run("a.md").code == 0)
    #expect(try steps() == "value\r\n7\r\n")
    try program.folder.write("a.md", written)
    #expect(try program.run("a.md").errors == "5 cells: 5 cached\n")
    #expect(try steps() == "value\r\n5\r\n")
    #expect(try program.folder.text("a.md") == written && figures() != [])
    #expect(try Set(figures()) == Set(drawn))
    let count = try program.run("runs").output.split(separator: "\n").count
    #expect(try program.run("a.md").code == 0)
    #expect(try program.run("runs").output.split(separator: "\n").count == count)
    // Results of another number of threads are others, as their memory is.
    for threads in ["2", "1", "2"] {
      #expect(try program.run("a.md", "--threads", threads).code == 0)
      let told = try program.run(
        "query", "SELECT threads FROM run ORDER BY run DESC LIMIT 1", "--csv")
      #expect(told.output == "threads\r\n\(threads)\r\n")
    }
  }

  @Test("A mistake in a query is shown in it, with the nearest word")
  func mistakes() throws {
    let program = try Executable()
    try program.folder.write("a.md", Notebooks.perceptron())
    #expect(try program.run("query", "SELECT 1").code == 2)
    #expect(try program.run("a.md").code == 0)
    let run = try program.run("query", "SELECT cell FROM metrics")
    #expect(run.code == 2)
    #expect(run.errors.contains("did you mean 'metric'?"))
    #expect(run.errors.contains("query:1:18"))
    #expect(try program.run("query", "DELETE FROM cell").code == 2)
  }
}
