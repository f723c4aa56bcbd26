import Diagnostics
import NotebookSyntax
import Testing

@Suite("Values in prose") struct ValueTests {
  @Test("A value's text is replaced wherever it stands outside code and regions")
  func replacement() {
    let found = notebook(
      """
      | <!-- nbrun:val a.x -->1<!-- /nbrun:val --> | <!--nbrun:val b.y--><!--/nbrun:val--> |
      `<!-- nbrun:val a.x -->1<!-- /nbrun:val -->` and `` ` <!-- nbrun:val a.x --> ``

          <!-- nbrun:val a.x -->1<!-- /nbrun:val -->
      """)
    #expect(found.printed == "")
    #expect(found.spans.map(\.reference) == ["a.x", "b.y"])
    let values = ["a.x": "2 MiB", "b.y": "日本", "c": "no"]
    let expected =
      "| <!-- nbrun:val a.x -->2 MiB<!-- /nbrun:val --> | <!--nbrun:val b.y-->日本<!--/nbrun:val--> |"
    #expect(found.applied([], spans: values).hasPrefix(expected))
    #expect(found.applied([], spans: [:]) == text(found.source.bytes))
  }

  private static let mark = "<!-- nbrun:val a.x -->1<!-- /nbrun:val -->"

  @Test(
    "Code covers a value on any line of its paragraph",
    arguments: [
      "``code\nfoo MARK\nbar`` end", "`MARK\nend`", "start `a\nb` and `c\nx MARK\nd`",
      "> ``quoted\n> x MARK\nlazy`` end", "- `item\n  x MARK`", "`head\nx MARK`\n===\n",
      "`head\nx MARK`\n---\ntext", "\\\\`two\nx MARK`", "``a`\nx MARK``", "`a\\`` \n`` MARK ``",
      "z <!-- ` -->`\nx MARK`", "\\``a\nx MARK`",
    ])
  func codeAcrossLines(text: String) {
    let found = notebook(text.replacing("MARK", with: Self.mark))
    #expect(found.printed == "")
    #expect(found.spans.isEmpty)
  }

  @Test(
    "Backticks that begin no code, or whose paragraph ends before the value, cover nothing",
    arguments: [
      "a ` b\n\nMARK `", "# a `\nx MARK `", "a `\n***\nMARK `", "> a `\n\nMARK `",
      "- a `\n- x MARK `", "a ``\nx MARK `", "\\`a\nx MARK `", "x <!-- ` -->\ny MARK `",
      "a `\nb` MARK ` c", "head `\n===\nx MARK `", "a `\n<div>\n\nx MARK `", "a `\nMARK\nb `",
      "a `\n```\n`\n```\nx MARK", "x \\\\MARK", "a `\\` MARK `", "x <!-- - - `\ny --> MARK `",
    ])
  func textAcrossLines(text: String) {
    let found = notebook(text.replacing("MARK", with: Self.mark))
    #expect(found.printed == "")
    #expect(found.spans.map(\.reference) == ["a.x"])
  }

  @Test("An escaped comment is text", arguments: ["\\", "\\\\\\"])
  func escaped(backslashes: String) {
    let found = notebook(
      "x \(backslashes)<!-- nbrun:val a.x -->1\(backslashes)<!-- /nbrun:val -->")
    #expect(found.printed == "")
    #expect(found.spans.isEmpty)
  }

  @Test(
    "A value's text can't break its span", arguments: ["<!-- /nbrun:val -->", "`", "a\nb", "-->"])
  func hostile(value: String) {
    let found = notebook("x <!-- nbrun:val a.x -->1<!-- /nbrun:val --> `code`")
    let applied = notebook(found.applied([], spans: ["a.x": value]))
    #expect(applied.printed == "")
    #expect(applied.spans.count == 1)
    #expect(applied.applied([], spans: ["a.x": "1"]) == text(found.source.bytes))
    #expect(applied.textWithoutOutputs == found.textWithoutOutputs)
  }

  @Test(
    "A broken value is one diagnostic",
    arguments: [
      "<!-- nbrun:val a.x -->1", "<!-- /nbrun:val -->", "<!-- nbrun:val -->1<!-- /nbrun:val -->",
      "<!-- nbrun:val a -->1<!-- nbrun:val b --><!-- /nbrun:val -->",
      "<!-- nbrun:val a -->1\n",
    ])
  func broken(text: String) {
    #expect(notebook(text).codes == ["broken-value"])
  }
}
