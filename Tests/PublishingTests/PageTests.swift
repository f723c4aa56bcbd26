import Foundation
import Publishing
import TestSupport
import Testing

@Suite("Pages")
struct PageTests {
  @Test("A directive and its outputs are one section, its options and keys marked")
  func cell() {
    let main = Samples.main(Samples.cell)
    #expect(
      main.contains("<section class=\"cell fresh\" id=\"cell-run\" aria-label=\"train run\">"))
    #expect(main.contains("<span class=\"y-option\">#| caption: A run</span>"))
    #expect(main.contains("<span class=\"y-key\">model</span>: net "))
    #expect(main.contains("<span class=\"y-comment\"># the one above</span>"))
    #expect(main.contains("<span class=\"y-parameter\">${steps}</span>"))
    #expect(main.contains("<span class=\"y-number\">1e-3</span>"))
    #expect(main.contains("role=\"group\" aria-label=\"Output of run\""))
    #expect(main.contains("<details><summary>More &amp; more</summary>"))
    #expect(!main.contains("#region"))
    let end = main.range(of: "</section>")?.upperBound
    #expect(end.map { main[$0...].contains("<p>After.</p>") } == true)
    #expect(Markup(main).problems.isEmpty)
  }

  @Test(
    "Whatever is not the result of what it says is marked, on the cell and above the page",
    arguments: [
      (CellMark.stale, "stale"), (.missing, "not run"), (.edited, "edited by hand"),
      (.failed("it <b>burst</b>"), "failed"), (.claimsFail(1), "claims fail"),
    ])
  func marks(mark: CellMark, badge: String) {
    let main = Samples.main(Samples.cell, cells: ["run": PageCell(mark: mark)])
    #expect(main.contains("\">\(badge)</span>"))
    #expect(main.contains("<p class=\"note\">"))
    #expect(main.contains("<aside class=\"warning\">"))
    #expect(!main.contains("<b>burst"))
    #expect(!Samples.main(Samples.cell).contains("<aside"))
  }

  @Test("A directive with 'echo: false' is not shown, its output is")
  func echo() {
    let main = Samples.main(
      Samples.cell, cells: ["run": PageCell(mark: .fresh, showsDirective: false)])
    #expect(!main.contains("the one above"))
    #expect(main.contains("<table>"))
  }

  @Test("A page has landmarks, a language, a skip link, labels, and a policy without exceptions")
  func frame() throws {
    var page = Samples.page("# 題\n\n## 一\n\n## 二\n")
    page.language = "ja"
    let html = page.html()
    let markup = Markup(html)
    #expect(markup.problems.isEmpty)
    #expect(html.contains("<html lang=\"ja\">"))
    for name in ["header", "main", "footer", "nav"] {
      #expect(markup.tags.contains { $0.name == name })
    }
    #expect(html.contains("<a class=\"skip\" href=\"#main\">"))
    #expect(html.contains("default-src 'none'; img-src data:; style-src 'sha256-"))
    #expect(!html.contains("unsafe"))
    #expect(markup.tags.count { $0.name == "h1" && !$0.isEnd } == 1)
    #expect(html.contains("目次"))
  }

  @Test("Equal notebooks make equal pages, and a page reaches for nothing")
  func stable() {
    let page = Samples.page(Samples.cell)
    #expect(page.html() == page.html())
    for tag in Markup(page.html()).tags {
      #expect(!tag.attributes.contains { $0.value.contains("//") }, "\(tag)")
    }
  }

  @Test("A page without a heading of its own gets the notebook's title")
  func title() {
    #expect(Samples.main("Text.\n").hasPrefix("<h1>A page</h1>"))
    #expect(!Samples.main("# Own\n").contains("A page"))
  }

  @Test(
    "A notebook's name is its heading as it is read, without markers and tags",
    arguments: [
      ("# Loss <!-- nbrun:val a.loss.last -->3<!-- /nbrun:val -->\n", "Loss 3"),
      ("# H<sub>2</sub>O *now* `<b>`\n", "H2O now <b>"), ("Text.\n\nTitle\n=====\n", "Title"),
    ])
  func headingOfNotebook(text: String, title: String) {
    #expect(SitePage.heading(of: Samples.page(text).notebook) == title)
  }

  @Test("Pages of a site know each other, wherever they are in it")
  func navigation() {
    var page = Samples.page("# A\n")
    page.address = "deep/a b.html"
    let pages = [("A", "deep/a b.html", "en"), ("図", "図.html", "ja")]
    let html = page.html(PageSurroundings(pages: pages))
    #expect(html.contains("href=\"../%E5%9B%B3.html\" lang=\"ja\""))
    #expect(html.contains("href=\"a%20b.html\" lang=\"en\" aria-current=\"page\""))
    #expect(html.contains("href=\"../index.html\""))
    let index = SiteIndex([page], title: "<notebooks>").html
    #expect(index.contains("<h1>&lt;notebooks&gt;</h1>"))
    #expect(index.contains("href=\"deep/a%20b.html\""))
    #expect(Markup(index).problems.isEmpty)
  }
}
