import Diagnostics
import NotebookSyntax
import TestSupport
import Testing

/// Laws over random notebooks; the failing argument is the seed.
@Suite("Laws of notebooks") struct NotebookLawTests {
  @Test("Every generated directive is found, without a diagnostic", arguments: fuzzCases(300))
  func found(seed: Int) {
    var generator = NotebookGenerator(seed: seed)
    let (bytes, ids) = generator.notebook()
    let found = Notebook(parsing: SourceText(name: "n.md", bytes: bytes))
    #expect(found.printed == "")
    #expect(found.directives.map(\.id) == ids)
  }

  @Test(
    """
    Written outputs are read back unedited, leave all other text alone, are the same when written \
    again, and can be removed without trace
    """, arguments: fuzzCases(300))
  func outputs(seed: Int) {
    var generator = NotebookGenerator(seed: seed)
    let (bytes, ids) = generator.notebook()
    let before = Notebook(parsing: SourceText(name: "n.md", bytes: bytes))
    let updates = ids.flatMap { id in
      OutputRegion.Kind.allCases.map {
        RegionUpdate(id: id, kind: $0, key: "0123456789", body: generator.soup(lines: 8))
      }
    }
    let written = before.applying(outputs: updates)
    let after = Notebook(parsing: SourceText(name: "n.md", bytes: written))
    #expect(after.printed == "", "\(text(written))")
    #expect(after.directives.map(\.id) == ids)
    #expect(after.regions.count == updates.count)
    #expect(after.regions.allSatisfy { !$0.isEdited })
    #expect(after.textWithoutOutputs == bytes)
    #expect(after.applying(outputs: updates) == written)
    let removals = updates.map { RegionUpdate(id: $0.id, kind: $0.kind, key: "", body: nil) }
    #expect(after.applying(outputs: removals) == bytes)
  }

  @Test(
    "Outputs written one after the other equal outputs written at once", arguments: fuzzCases(100))
  func oneByOne(seed: Int) {
    var generator = NotebookGenerator(seed: seed)
    let (bytes, ids) = generator.notebook()
    let updates = ids.map { output($0, generator.soup(lines: 4)) }
    let whole = Notebook(parsing: SourceText(name: "n", bytes: bytes)).applying(outputs: updates)
    let steps = updates.reversed().reduce(bytes) { bytes, update in
      Notebook(parsing: SourceText(name: "n", bytes: bytes)).applying(outputs: [update])
    }
    #expect(steps == whole)
  }

  @Test("Any text parses, and keeps its bytes where nothing is written", arguments: fuzzCases(1500))
  func soup(seed: Int) {
    var generator = NotebookGenerator(seed: seed)
    let bytes = Array(generator.soup(lines: 14).utf8)
    let found = Notebook(parsing: SourceText(name: "n.md", bytes: bytes))
    #expect(found.applying(outputs: []) == bytes)
    let updates = ["a", "b", "c"].map { output($0, "x") }
    let written = found.applying(outputs: updates)
    if found.hasErrors || found.directives.isEmpty { #expect(written == bytes) }
    let after = Notebook(parsing: SourceText(name: "n.md", bytes: written))
    #expect(after.printed == found.printed, "\(text(bytes))")
    #expect(after.directives.map(\.id) == found.directives.map(\.id))
    #expect(after.applying(outputs: updates) == written)
    #expect(after.textWithoutOutputs == found.textWithoutOutputs)
  }

  @Test("Any bytes parse", arguments: fuzzCases(500))
  func bytes(seed: Int) {
    var random = RepeatableGenerator(seed: seed)
    var generator = NotebookGenerator(seed: seed)
    var bytes = Array(generator.soup(lines: 14).utf8)
    for _ in 0..<6 where !bytes.isEmpty {
      bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
        in: 0...255, using: &random)
    }
    let found = Notebook(parsing: SourceText(name: "n.md", bytes: bytes))
    #expect(found.applying(outputs: []) == bytes)
    _ = found.printed
    _ = found.textWithoutOutputs
  }

  @Test(
    "Depth and length cost no stack, and a text without outputs comes back",
    arguments: [
      "> ", "- ", "1. ", ">", "`", "<!-- ", "![[", "<!-- nbrun:val ", "<!-- nbrun:val a -->", "[",
      "```yaml {.nbrun-data #a}\n", "<!-- #region nbrun:out a -->\n",
      "<!-- #endregion nbrun:out a -->\n",
      "> \n", "- x\n", "{.nbrun-data ", "k=1 ", "\n", "\r", "*_", "</", "<a ",
      "`\n", "\\`", "x `` <!-- nbrun:val a -->1<!-- /nbrun:val -->\n", "\\<!-- nbrun:val a -->\n",
    ])
  func hostileRepetition(unit: String) {
    let repeated = String(repeating: unit, count: 20000)
    for text in [
      repeated, "```yaml {.nbrun-data #z} \(repeated)",
      "```yaml {.nbrun-data #z}\n```\n\(repeated)",
    ] {
      let found = notebook(text)
      #expect(found.applied([]) == text)
    }
  }
}
