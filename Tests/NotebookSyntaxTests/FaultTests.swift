import Diagnostics
import NotebookSyntax
import TestSupport
import Testing

@Suite("Faults") struct FaultTests {
  @Test(
    "Each mistake in a directive is one diagnostic that names it",
    arguments: [
      ("```yaml {.nbrun-trian #a}\n```", "unknown-class"),
      ("```yaml {.nbrun- #a}\n```", "unknown-class"),
      ("```yaml {.nbrun-train #a .nbrun-data}\n```", "unknown-class"),
      ("```yaml {.nbrun-train}\n```", "missing-id"),
      ("```yaml {.nbrun-train #GPT_1}\n```", "invalid-id"),
      ("```yaml {.nbrun-train #}\n```", "invalid-id"),
      ("```yaml {.nbrun-train #a #b}\n```", "invalid-id"),
      ("```yaml {.nbrun-train #a}\n```\n```yaml {.nbrun-data #a}\n```", "duplicate-id"),
      ("```yaml {.nbrun-train #a\n```", "malformed-attributes"),
      ("```yaml {.nbrun-train #a} more\n```", "malformed-attributes"),
      ("```yaml {.nbrun-train #a word}\n```", "malformed-attributes"),
      ("```yaml {.nbrun-train #a =1}\n```", "malformed-attributes"),
      ("```yaml .nbrun-train #a\n```", "malformed-attributes"),
      ("```yaml {nbrun-train #a}\n```", "malformed-attributes"),
      ("```yaml {.nbrun-train #a k=1 k=2}\n```", "repeated-attribute"),
      ("```{.nbrun-train #a}\n```", "not-yaml"),
      ("```json {.nbrun-train #a}\n```", "not-yaml"),
      ("```yaml {.nbrun-train #a}\nx: 1\n", "unterminated-fence"),
      ("```yaml {.nbrun-train #a}", "unterminated-fence"),
      ("````yaml {.nbrun-train #a}\n```\n", "unterminated-fence"),
      ("> ```yaml {.nbrun-train #a}\n> x: 1\ntext\n", "unterminated-fence"),
      ("> ```yaml {.nbrun-train #a}\n> x: 1\n```\n", "unterminated-fence"),
      ("- ```yaml {.nbrun-train #a}\n  x: 1\ntext\n", "unterminated-fence"),
      ("---\nseed: 1\n\ntext", "unterminated-front-matter"),
    ])
  func directives(text: String, code: String) {
    let found = notebook(text)
    #expect(Set(found.codes) == [code], "\(found.printed)")
    #expect(found.diagnostics.allSatisfy { !$0.notes.isEmpty && $0.position != nil })
  }

  @Test("Numbers on a line are no lists; numbers with a dot are")
  func numbers() {
    let numbers = Array(repeating: "7", count: 150)
    let directive = "```yaml {.nbrun-train #a}\nx: 1\n```\n"
    let fence = "```text\n\(numbers.joined(separator: " "))\n```\n"
    #expect(notebook(directive + fence).codes == [])
    let lists = numbers.joined(separator: ". ") + ". a\n"
    #expect(notebook(directive + lists).codes == ["nested-too-deep"])
  }

  @Test(
    "Each broken region is one diagnostic",
    arguments: [
      ("A\nR a\nE a\n", []),
      ("R a\nE a\n", ["orphan-region"]),
      ("A\ntext\nR a\nE a\n", ["orphan-region"]),
      ("A\nR b\nE b\n", ["orphan-region"]),
      ("A\nE a\n", ["orphan-region"]),
      ("A\nR a\nE a\nR a\nE a\n", ["duplicate-region"]),
      ("A\nR a\n", ["unterminated-region"]),
      ("A\nR a\nE b\n", ["mismatched-region"]),
      ("A\nR a\ntext\nB\nR b\nE b\n", ["nested-region"]),
      ("A\nR a\nR b\nE b\nE a\n", ["nested-region"]),
      ("A\n\n> R a\n> E a\n", ["misplaced-region"]),
      ("A\nR a\n> E a\n", ["misplaced-region"]),
      ("A\n<!-- #region nbrun:foo a -->\n", ["malformed-marker"]),
      ("A\n<!-- #region nbrun:out -->\n", ["malformed-marker"]),
      ("A\n<!-- #region nbrun:out a  \n", ["malformed-marker"]),
      ("A\n<!-- #region nbrun:out a in=xyz -->\n", ["malformed-marker"]),
      ("A\n<!-- #endregion nbrun:out a --> text\n", ["malformed-marker"]),
    ])
  func regions(sketch: String, codes: [String]) {
    let text =
      sketch
      .replacing("A\n", with: "```yaml {.nbrun-data #a}\n```\n")
      .replacing("B\n", with: "```yaml {.nbrun-data #b}\n```\n")
      .replacing("R ", with: "<!-- #region nbrun:out ").replacing(
        "E ", with: "<!-- #endregion nbrun:out "
      )
      .replacing(" a\n", with: " a -->\n").replacing(" b\n", with: " b -->\n")
    let found = notebook(text)
    #expect(found.codes == codes, "\(text)\n\(found.printed)")
    if !codes.isEmpty { #expect(found.applied([output("a", "x")]) == text) }
  }

  @Test("Diagnostics of a notebook come in document order, with places and remedies")
  func golden() {
    let text = """
      ---
      title: 壊れた
      ---
      > ```yaml {.nbrun-trian #a}
      > ```

      ```yaml {.nbrun-train #GPT note="x}
      ```

      ```yaml {.nbrun-data #a}
      ```
      <!-- #region nbrun:out a -->
      <!-- #endregion nbrun:out b -->
      <!-- #region nbrun:out old -->
      <!-- #endregion nbrun:out old -->

      Prose <!-- nbrun:val a.b -->1 and more <!-- /nbrun:val x

      - ```yaml {.nbrun-data}
        ```
      - ```yaml {.nbrun-data #c}
      """
    expectGolden(notebook(text).printed + "\n", named: "faults.txt")
  }

  @Test("Invalid UTF-8 is reported at its first byte")
  func invalidUTF8() {
    let bytes = Array("ok\nab".utf8) + [0xC3, 0x28, 0xFF]
    let found = Notebook(parsing: SourceText(name: "n.md", bytes: bytes))
    #expect(found.codes == ["invalid-utf8"])
    #expect(found.diagnostics.first?.position == SourcePosition(line: 2, column: 3))
  }

  @Test("A hopeless notebook's diagnostics are limited")
  func limit() {
    let text = String(repeating: "```yaml {.nbrun-x}\n```\n", count: 2000)
    #expect(notebook(text).diagnostics.count == 200)
  }
}
