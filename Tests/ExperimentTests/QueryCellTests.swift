import Diagnostics
import Experiment
import NotebookSyntax
import Testing

@Suite("Queries in notebooks")
struct QueryCellTests {
  private let query = directive("query", "q", "sql: SELECT cell FROM cell")

  @Test("A query sees the cells before it, and its key changes with theirs")
  func implicit() throws {
    let later = directive("train", "later", "model: gpt\ndata: corpus\nsteps: 1\nbatch: 2")
    let first = try plan(small + query + later)
    #expect(try cell("q", in: first).dependencies == ["corpus", "gpt", "run"])
    let changed = try plan((small + query + later).replacing("steps: 10", with: "steps: 11"))
    #expect(try cell("q", in: changed).key != cell("q", in: first).key)
    let unread = try plan((small + query + later).replacing("steps: 1\n", with: "steps: 2\n"))
    #expect(try cell("q", in: unread).key == cell("q", in: first).key)
  }

  @Test("A query that names its cells needs these alone; one of the project needs none")
  func explicit() throws {
    let named = directive("query", "n", "sql: SELECT 1\ncells: [run]")
    let whole = directive("query", "w", "sql: SELECT 1\nscope: project")
    let plan = try plan(small + named + whole)
    #expect(try cell("n", in: plan).dependencies == ["run"])
    #expect(try cell("w", in: plan).dependencies == [])
  }

  @Test("A cell before it that does not run keeps no query from running")
  func inactive() throws {
    let off =
      "```yaml {.nbrun-train #off}\n#| when: false\nmodel: gpt\ndata: corpus\nsteps: 1\n"
      + "batch: 2\n```\n\n"
    let plan = try plan(small + off + query)
    #expect(try cell("q", in: plan).isActive)
    #expect(try cell("q", in: plan).dependencies == ["corpus", "gpt", "run"])
  }

  @Test("Claims and prose may use what a query finds")
  func values() throws {
    let claim = directive("expect", "e", "- q.rows = 3 AND q.best < 2")
    #expect(try cell("e", in: plan(small + query + claim)).dependencies == ["q"])
  }

  @Test("A word of a text is found where it is written, however YAML wraps it")
  func places() throws {
    let body = "sql: |\n  SELECT cell,\n    value -- value\n  FROM metric, metrics"
    let text = small + directive("query", "q", body)
    let source = notebook(text).source
    guard case .query(let query) = try cell("q", in: plan(text)).body else { return }
    let place = query.sql.place(of: "metrics", at: nil, in: source)
    #expect(source.text(in: place) == "metrics")
    let offset = query.sql.text.utf8.count - 8
    #expect(query.sql.place(of: nil, at: offset, in: source) == place)
    #expect(query.sql.place(of: "absent", at: nil, in: source) == query.sql.range)
  }
}
