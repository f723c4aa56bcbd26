import NotebookSyntax

/// The first page of a site: its notebooks, and what their outputs are worth.
public struct SiteIndex: Sendable {
  /// The pages in order.
  public var pages: [SitePage]
  /// The name of the site.
  public var title: String

  /// Creates an index.
  public init(_ pages: [SitePage], title: String) {
    self.pages = pages
    self.title = title
  }

  /// The whole page.
  public var html: String {
    let items = pages.map { page in
      let address = HTMLText.escaped(RelativeAddress.from("index.html", to: page.address))
      return """
        <li lang="\(HTMLText.escaped(page.language))"><a href="\(address)">\
        \(HTMLText.escaped(page.title))</a>\(page.badges)</li>
        """
    }
    let main = """
      <main id="main" tabindex="-1">
      <h1>\(HTMLText.escaped(title))</h1>
      <ul class="index">
      \(items.joined(separator: "\n"))
      </ul></main>
      """
    return PageFrame(title: title, language: "en").html(main)
  }
}

extension SitePage {
  /// How many cells there are, and how many of each kind to beware of.
  fileprivate var badges: String {
    let marks = notebook.directives.compactMap { cells[$0.id]?.mark }
    guard !marks.isEmpty else { return "" }
    var counts: [(badge: String, style: String, count: Int)] = []
    for mark in marks where mark.isWarning {
      let badge = mark.badge(language)
      if let index = counts.firstIndex(where: { $0.badge == badge }) {
        counts[index].count += 1
      } else {
        counts.append((badge, mark.style, 1))
      }
    }
    let all = " <span class=\"count\">\(marks.count) \(PageWord.cells.text(language))</span>"
    return counts.reduce(all) {
      $0 + " <span class=\"badge \($1.style)\">\($1.count) \($1.badge)</span>"
    }
  }
}
