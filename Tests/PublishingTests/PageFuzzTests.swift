import Publishing
import TestSupport
import Testing

@Suite("Pages of hostile notebooks")
struct PageFuzzTests {
  private static let pieces = [
    "<script>", "</script>", "<img src=x onerror=y>", "<b>", "</b>", "<sub>", "</sub>", "<br>",
    "<details>\n<summary>x</summary>\n\n", "</details>\n\n", "<!-- ", " -->", "<svg onload=x>",
    "[a](javascript:b)", "![a](data:text/html,b)", "<javascript:x>", "](", "[", "]: x\n", "`",
    "```",
    "```yaml {.nbrun-train #a}\n", "```yaml {.nbrun-data #b}\n", "\n```\n", "|", "| a | b |\n",
    "| - | -: |\n", "\n", "\n\n", "> ", "- ", "1. ", "    ", "\t", "# ", "---\n", "**", "*", "_",
    "&lt;", "&", "\"", "'", "\\", "é", "日本", "\u{202E}", "\u{301}", "\u{D4E}", "\u{0}",
    "\u{1B}[31m", "text ", "x",
    "<!-- #region nbrun:out a in=1 sum=2 -->\n", "<!-- #endregion nbrun:out a -->\n",
    "<!-- nbrun:val a.loss.last -->", "<!-- /nbrun:val -->", "<div>", "</main>", "</section>",
  ]

  @Test(
    "Whatever is written, a page is whole markup that can do nothing", arguments: fuzzCases(300))
  func soup(seed: Int) {
    var random = RepeatableGenerator(seed: seed)
    let count = Int.random(in: 1...40, using: &random)
    let text = (0..<count).map { _ in random.pick(Self.pieces) }.joined()
    let html = Samples.page(
      text, cells: ["a": PageCell(mark: .failed(text)), "b": PageCell(mark: .stale)]
    ).html(PageSurroundings(image: { .file(Array("<svg>\($0)".utf8)) }))
    let main = Markup(Samples.main(of: html))
    #expect(main.problems.isEmpty, "\(text.debugDescription)")
    #expect(main.dangers.isEmpty, "\(text.debugDescription)")
    #expect(!html.contains("\u{1B}"))
  }

  /// How long it takes is looked at by nobody: the machine's load would fail the test.
  @Test(
    "Depth and length cost no stack, and a page grows no faster than its text",
    arguments: [
      "> ", "- ", "`", "[", "| ", "|-", "<b>", "<details>\n<summary>x</summary>\n\n", "*a ",
      "[a]: b\n",
      "| a |\n|---|\n", "# a\n", "![a](b)", "<!-- nbrun:val a -->", "\n",
    ])
  func repetition(unit: String) {
    let sizes = [0, 2000, 4000].map { count in
      let html = Samples.page(String(repeating: unit, count: count)).html()
      #expect(html.hasSuffix("</html>\n"))
      return html.utf8.count
    }
    // Twice the text, and a digit more in the names of headings.
    #expect(sizes[2] - sizes[0] <= (sizes[1] - sizes[0]) * 21 / 10 + 200)
  }
}
