import Diagnostics
import NotebookSyntax
import Testing

@Suite("Output regions") struct RegionTests {
  private let table = "| a | b |\n| - | - |\n\n> quote"

  @Test("A missing region is inserted after one blank line")
  func insertion() {
    let found = notebook("```yaml {.nbrun-data #a}\n```\ntext\n")
    #expect(
      found.applied([output("a", "\n\n42 \n \n")]) == """
        ```yaml {.nbrun-data #a}
        ```

        <!-- #region nbrun:out a in=3f2a9c1e sum=1f73d407 -->

        42 

        <!-- #endregion nbrun:out a -->
        text

        """)
  }

  @Test("Every line of a region has the prefix of its directive's containers")
  func containers() {
    let found = notebook("> 1. - ```yaml {.nbrun-data #a}\n>      ```\n")
    #expect(
      found.applied([output("a", table)]) == """
        > 1. - ```yaml {.nbrun-data #a}
        >      ```
        >
        >      <!-- #region nbrun:out a in=3f2a9c1e sum=0be0159b -->
        >
        >      | a | b |
        >      | - | - |
        >
        >      > quote
        >
        >      <!-- #endregion nbrun:out a -->

        """)
  }

  @Test("Blank lines in a list's region have no spaces")
  func lists() {
    let found = notebook("- ```yaml {.nbrun-data #a}\n  ```\n- next\n")
    let lines = found.applied([output("a", table)]).split(separator: "\n")
    #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
    #expect(lines.contains("  | a | b |"))
  }

  @Test("Line endings and a missing final one stay", arguments: ["\n", "\r\n", "\r"])
  func lineEndings(ending: String) {
    let found = notebook("x\(ending)```yaml {.nbrun-data #a}\(ending)```")
    let applied = found.applied([output("a", "1\n2")])
    #expect(applied.hasSuffix("\(ending)\(ending)<!-- #endregion nbrun:out a -->"))
    #expect(applied.contains("\(ending)1\(ending)2\(ending)"))
    let others = applied.replacing(ending, with: "")
    #expect(!others.unicodeScalars.contains { $0 == "\n" || $0 == "\r" })
  }

  @Test("Times have a region of their own below the results")
  func times() throws {
    let found = notebook("```yaml {.nbrun-train #a}\n```\n\nend")
    let time = RegionUpdate(id: "a", kind: .time, key: "ab", body: "1 s")
    let both = found.applied([time, output("a", "x")])
    let parts = both.split(separator: "\n").filter { $0.hasPrefix("<!--") }.map { $0.prefix(26) }
    #expect(
      parts == [
        "<!-- #region nbrun:out a i", "<!-- #endregion nbrun:out ", "<!-- #region nbrun:time a ",
        "<!-- #endregion nbrun:time",
      ])
    let onlyTime = found.applied([time])
    #expect(notebook(onlyTime).applied([output("a", "x")]) == both)
    let directive = try #require(notebook(both).directives.first)
    #expect(directive.output?.bodyText == "x")
    #expect(directive.timing?.bodyText == "1 s")
    #expect(directive.timing?.key == "ab")
    #expect(notebook(both).regions.map(\.kind) == [.out, .time])
    #expect(notebook(both).applied([output("a", nil)]) == onlyTime)
  }

  @Test("A region is edited when its body is not the one that nbrun wrote")
  func edited() throws {
    let found = notebook("> ```yaml {.nbrun-data #a}\n> ```\n")
    let written = found.applied([output("a", table)])
    let region = try #require(notebook(written).regions.first)
    #expect(region.bodyText == table)
    #expect(region.key == "3f2a9c1e")
    #expect(!region.isEdited)
    let changed = written.replacing("a | b", with: "a | c")
    #expect(notebook(changed).regions.first?.isEdited == true)
    let spaced = written.replacing("> quote\n>\n", with: "> quote\n>\n>  \n>\n")
    #expect(notebook(spaced).regions.first?.isEdited == false)
    #expect(notebook(spaced).applied([output("a", table)]) == written)
  }

  @Test("A region without a digest is edited unless it is empty")
  func withoutDigest() {
    let start = "```yaml {.nbrun-data #a}\n```\n<!-- #region nbrun:out a -->\n"
    let end = "<!-- #endregion nbrun:out a -->\n"
    #expect(notebook(start + end).regions.map(\.isEdited) == [false])
    #expect(notebook(start + "x\n" + end).regions.map(\.isEdited) == [true])
  }

  @Test("Markers inside code are content")
  func code() {
    let example = """
      <!-- #region nbrun:out a -->
      <!-- #endregion nbrun:out b -->
      <!-- nbrun:val a.b -->
      """
    let indented = example.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    for text in ["```\n\(example)\n```", "~~~markdown\n\(example)", "x\n\n\(indented)"] {
      #expect(notebook(text).printed == "")
    }
  }

  @Test(
    "A body can't break its region",
    arguments: [
      "<!-- #endregion nbrun:out a -->", "  <!--#region  nbrun:out b -->", "```\nopen", "<pre>",
      "<!-- open", "> <!-- #endregion nbrun:out a -->", "- x\n\t<!-- #endregion nbrun:out a -->",
      "<!-- #region nbrun:out x -->\n    <!-- #endregion nbrun:out a -->",
      "```yaml {.nbrun-train #a}\n```", "~~~\n<!-- #endregion nbrun:out a -->\n~~~",
      "```\n<!-- #endregion nbrun:out a -->", String(repeating: "> ", count: 300),
      "<script>\n```", "a\r\nb\rc", "    \tdeep", "", " \n\t\n", "<![CDATA[", "<?php", "<div>",
    ])
  func hostileBodies(body: String) throws {
    for frame in ["T", "> T", "- T", "1. > T"] {
      let start = frame.replacing("T", with: "```yaml {.nbrun-data #a}")
      let rest = frame.replacing("T", with: "```").replacing("-", with: " ").replacing(
        "1.", with: "  ")
      let found = notebook("\(start)\n\(rest)\n\n```yaml {.nbrun-data #z}\n```\n")
      let applied = notebook(found.applied([output("a", body)]))
      #expect(applied.printed == "")
      #expect(applied.directives.map(\.id) == ["a", "z"])
      #expect(applied.regions.map(\.isEdited) == [false])
      #expect(applied.applied([output("a", nil)]) == text(found.source.bytes))
    }
  }
}
