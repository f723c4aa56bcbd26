import Foundation
import Publishing
import TestSupport
import Testing

@Suite("Markdown on a page")
struct MarkdownTests {
  @Test("The specification's examples are there")
  func exist() { #expect(CommonMarkExample.all.count == 652) }

  @Test("Every example of CommonMark gives whole markup that can do nothing")
  func examples() {
    for example in CommonMarkExample.all {
      let markup = Markup(Samples.main(example.markdown))
      #expect(markup.problems.isEmpty, "\(example.markdown.debugDescription)")
      #expect(markup.dangers.isEmpty, "\(example.markdown.debugDescription)")
    }
  }

  @Test("Paragraphs, lists and emphasis are what the specification says they are")
  func plainExamples() {
    let tags = ["<p>", "<ul>", "<ol", "<li>", "<em>", "<strong>", "<blockquote>", "<hr />"]
    let plain = CommonMarkExample.all.filter { example in
      let names = example.html.split(separator: "<").dropFirst(example.html.first == "<" ? 0 : 1)
      return names.allSatisfy { part in
        part.hasPrefix("/") || tags.contains { "<\(part)".hasPrefix($0) }
      }
    }
    #expect(plain.count > 150)
    let equal = plain.filter { example in
      Samples.main(example.markdown) == "<h1>A page</h1>\n" + example.html
    }
    // Versions of cmark follow different versions of the specification.
    #expect(Double(equal.count) > 0.97 * Double(plain.count))
  }

  @Test("A table of GitHub's Markdown is a table, its cells inline Markdown")
  func table() {
    let main = Samples.main(
      """
      | a `\\|` b | *c* | d |
      | :-- | --: | :-: |
      | 1 \\| 2 | `x\\|y` | [l] |
      | # no heading | - no list

      [l]: other.md
      """)
    #expect(main.contains("<th scope=\"col\" class=\"left\">"))
    #expect(main.contains("<em>c</em>"))
    #expect(main.contains("<code>x|y</code>"))
    #expect(main.contains("1 | 2"))
    #expect(main.contains("<a href=\"other.md\">l</a>"))
    #expect(main.contains("# no heading"))
    #expect(main.contains("- no list"))
    #expect(!main.contains("<h1>no"))
    #expect(Markup(main).problems.isEmpty)
  }

  @Test("Lines before a table stay a paragraph, and what is no table stays as it was")
  func noTable() {
    let main = Samples.main("Text.\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    #expect(main.contains("<p>Text.</p>"))
    #expect(main.contains("<table>"))
    #expect(!Samples.main("| a | b |\n|---|\n| 1 | 2 |\n").contains("<table>"))
    #expect(!Samples.main("a\n---\n").contains("<table>"))
    #expect(!Samples.main("    | a |\n    |---|\n").contains("<table>"))
  }

  @Test("A table stands in the list item or quote that it was written in")
  func tableInContainers() {
    let main = Samples.main("> - | a | b |\n>   | --- | --- |\n>   | 1 | 2 |\n")
    #expect(main.contains("<li>\n<div class=\"table\""))
    #expect(main.contains("<blockquote>"))
    #expect(Markup(main).problems.isEmpty)
  }

  @Test("Harmless pairs of tags are let through, everything else is shown as text")
  func rawHTML() {
    let main = Samples.main(
      """
      H<sub>2</sub>O<br>x <b>bold <i>both</b> not</i> <script>alert(1)</script>

      <img src=x onerror=alert(1)>

      <div onclick="x">

      <details>
      <summary>Fold <script></summary>

      in

      </details>
      """)
    #expect(main.contains("H<sub>2</sub>O<br>"))
    #expect(main.contains("<b>bold "))
    #expect(main.contains("&lt;script&gt;"))
    #expect(main.contains("&lt;img src=x onerror=alert(1)&gt;"))
    #expect(!main.contains("<details>"))
    let markup = Markup(main)
    #expect(markup.problems.isEmpty)
    #expect(markup.dangers.isEmpty)
  }

  @Test("Images that are alone in their paragraphs take their places, wherever these are")
  func lonelyImages() {
    let image = "![a](a.png)"
    let text = "\(image)\n\n> \(image)\n\n- \(image)\n\n  \(image)\n\n![![b](b)](c)\n"
    let main = Samples.main(text)
    #expect(!main.contains("<p>"))
    #expect(main.components(separatedBy: "<figure>").count == 6)
    #expect(Markup(main).problems.isEmpty)
    #expect(Samples.main("x \(image)\n").contains("<p>x <span"))
  }

  @Test("Headings have the names that GitHub gives them, each once")
  func headings() {
    let main = Samples.main(
      "# Title\n\n## A *b* `c`!\n\n## A b c\n\n## 図の見方\n\n## cell-x\n\n## main\n")
    for slug in ["a-b-c", "a-b-c-1", "図の見方", "section-cell-x", "main-1"] {
      #expect(main.contains("id=\"\(slug)\""))
    }
  }

  @Test("A line's end between two Japanese characters is no space")
  func wideLines() {
    #expect(Samples.main("日本語の\n文章です。\n").contains("日本語の文章です。"))
    #expect(Samples.main("two\nlines\n").contains("two\nlines"))
  }
}
