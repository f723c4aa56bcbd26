import Diagnostics
import NotebookSyntax
import Testing

@Suite("Directives") struct DirectiveTests {
  @Test("A directive has kind, id, attributes, options and body")
  func whole() throws {
    let found = notebook(
      """
      # Title

      ```yaml {.nbrun-train #gpt-sqrt needs=gpt note="two words"}
      #| error: true
      #| tolerance: {loss: 1e-6}
      model: gpt
      steps: 3
      ```
      """)
    #expect(found.diagnostics.isEmpty)
    let directive = try #require(found.directives.first)
    #expect(directive.kind == "train")
    #expect(directive.id == "gpt-sqrt")
    #expect(found.source.text(in: directive.idRange) == "gpt-sqrt")
    #expect(found.source.text(in: directive.kindRange) == ".nbrun-train")
    #expect(
      directive.attributes.map { "\($0.key)=\($0.value)" } == ["needs=gpt", "note=two words"])
    #expect(directive.options.text == "error: true\ntolerance: {loss: 1e-6}\n")
    #expect(directive.body.text == "model: gpt\nsteps: 3\n")
    #expect(directive.fenceLines == 3...8)
    #expect(found.source.text(in: directive.fenceRange).hasSuffix("steps: 3\n```"))
  }

  @Test(
    "A directive reads the same in every container, indentation and line ending",
    arguments: [
      "```yaml {.nbrun-data #a}\nx: 1\n  y\n```\n",
      "~~~~yaml {.nbrun-data #a}\nx: 1\n  y\n~~~~",
      "   ```yaml {.nbrun-data #a}\n   x: 1\n     y\n   ```\n",
      "> ```yaml {.nbrun-data #a}\n> x: 1\n>   y\n> ```\n",
      ">```yaml {.nbrun-data #a}\n>x: 1\n>   y\n>```\n",
      ">\t```yaml {.nbrun-data #a}\n>\tx: 1\n>\t  y\n>\t```\n",
      "- ```yaml {.nbrun-data #a}\n  x: 1\n    y\n  ```\n",
      "-\t```yaml {.nbrun-data #a}\n\tx: 1\n\t  y\n\t```\n",
      "10. text\n\n    ```yaml {.nbrun-data #a}\n    x: 1\n      y\n    ```\n",
      "> - a\n>   - ```yaml {.nbrun-data #a}\n>     x: 1\n>       y\n>     ```\n",
      "1. > * ```yaml {.nbrun-data #a}\n   >   x: 1\n   >     y\n   >   ```\n",
      "-\n  ```yaml {.nbrun-data #a}\n  x: 1\n    y\n  ```\n",
      "```yaml {.nbrun-data #a}\r\nx: 1\r\n  y\r\n```\r\n",
      "```yaml {.nbrun-data #a}\rx: 1\r  y\r```\r",
      "\u{FEFF}```yaml {.nbrun-data #a}\nx: 1\n  y\n```\n",
      "---\ntitle: t\n---\n```yaml {.nbrun-data #a}\nx: 1\n  y\n```\n",
      "paragraph\n```  yaml   { .nbrun-data   #a }  \nx: 1\n  y\n```   \n",
    ])
  func containers(text: String) throws {
    let found = notebook(text)
    #expect(found.printed == "")
    let directive = try #require(found.directives.first)
    #expect(directive.body.text == "x: 1\n  y\n")
    let place = directive.body.sourceOffset(line: 2, column: 3)
    #expect(found.source.bytes[place] == UInt8(ascii: "y"))
  }

  @Test("A place in the body is a place in the source, counted in scalars")
  func mapping() throws {
    let found = notebook("> ```yaml {.nbrun-data #a}\n> #| echo: no\n> é: 日本 x\n> ```\n")
    let directive = try #require(found.directives.first)
    let place = directive.body.sourceOffset(line: 1, column: 7)
    #expect(found.source.text(in: place..<(place + 1)) == "x")
    #expect(found.source.text(in: directive.body.sourceRange(line: 1)) == "é: 日本 x")
    #expect(
      found.source.text(in: directive.body.sourceRange(line: 1, column: 4, length: 2)) == "日本")
    #expect(found.source.text(in: directive.options.sourceRange(line: 1)) == "echo: no")
    #expect(directive.body.sourceOffset(line: 9, column: 9) == place + 1)
    #expect(directive.body.sourceOffset(line: 0, column: 0) == place - 11)
  }

  @Test(
    "What is not a directive is none",
    arguments: [
      "```yaml\na: 1\n```", "```{.python #x}\n```", "```yaml {.nbrunner #x}\n```", "",
      "````markdown\n```yaml {.nbrun-train #x}\n```\n````", "\u{FEFF}",
      "    ```yaml {.nbrun-train #x}\n    ```", "`yaml {.nbrun-train #x}`",
      "<!--\n```yaml {.nbrun-train #x}\n```\n-->", "<pre>\n```yaml {.nbrun-train #x}\n```\n</pre>",
      "~~~yaml {.python", "```yaml {.nbrun-train #`x}\n```",
    ])
  func others(text: String) {
    let found = notebook(text)
    #expect(found.directives.isEmpty)
    #expect(found.printed == "")
  }

  @Test("Front matter is the YAML between the first lines' delimiters")
  func frontMatter() throws {
    for text in [
      "---\na: 1\n---\ntext", "\u{FEFF}---\r\na: 1\r\n...\r\n", "---  \na: 1\n---",
      "---\ra: 1\r---\r",
    ] {
      let found = try #require(notebook(text).frontMatter)
      #expect(found.content.text == "a: 1\n")
    }
    #expect(notebook("---\n---\n").frontMatter?.content.text == "")
    #expect(notebook("---\n\na: 1\n---\n").frontMatter == nil)
    #expect(notebook("----\na: 1\n---\n").frontMatter == nil)
    #expect(notebook("\n---\na: 1\n---\n").frontMatter == nil)
    #expect(notebook("---\nJust a rule above.\n").printed == "")
  }
}
