import NotebookSyntax

extension SitePage {
  /// The whole page: one file that reaches for nothing outside of it.
  ///
  /// Equal pages have equal bytes. Whatever the notebook holds, the page's only script is its own.
  public func html(_ surroundings: PageSurroundings = PageSurroundings()) -> String {
    let body = PageBody(self, surroundings)
    let heading = body.hasTitle ? "" : "<h1>\(HTMLText.escaped(title))</h1>\n"
    let main = """
      <main id="main" tabindex="-1">
      \(warning)\(heading)\(body.html)\(frontMatter)</main>
      """
    return PageFrame(
      title: title, language: language, contents: contents(body),
      navigation: navigation(surroundings)
    ).html(main)
  }

  /// The cells whose outputs are not what they seem.
  private var warning: String {
    let items = notebook.directives.compactMap { directive -> String? in
      guard let mark = cells[directive.id]?.mark, mark.isWarning else { return nil }
      return "<li><a href=\"#cell-\(directive.id)\">\(directive.id)</a>: "
        + "\(mark.badge(language))</li>"
    }
    guard !items.isEmpty else { return "" }
    return "<aside class=\"warning\"><p>\(PageWord.warning.text(language))</p>"
      + "<ul>\(items.joined())</ul></aside>\n"
  }

  private var frontMatter: String {
    guard let content = notebook.frontMatter?.content.text.trimmed, !content.isEmpty else {
      return ""
    }
    return """
      <details class="front-matter"><summary>\(PageWord.frontMatter.text(language))</summary>
      <pre tabindex="0"><code>\(YAMLHighlighting(content).html)</code></pre></details>

      """
  }

  private func contents(_ body: PageBody) -> String {
    guard body.headings.count > 1 else { return "" }
    let items = body.headings.map { heading in
      "<li class=\"level-\(heading.level)\"><a href=\"#\(HTMLText.escaped(heading.slug))\">"
        + "\(HTMLText.escaped(heading.text))</a></li>"
    }
    return """
      <nav id="contents" aria-labelledby="contents-title">
      <h2 id="contents-title">\(PageWord.contents.text(language))</h2>
      <ul>\(items.joined(separator: "\n"))</ul>
      </nav>

      """
  }

  private func navigation(_ surroundings: PageSurroundings) -> String {
    guard !surroundings.pages.isEmpty else { return "" }
    let items = surroundings.pages.map { page in
      let isCurrent = page.address == address
      let target = RelativeAddress.from(address, to: page.address)
      return
        "<li><a href=\"\(HTMLText.escaped(target))\" lang=\"\(HTMLText.escaped(page.language))\""
        + "\(isCurrent ? " aria-current=\"page\"" : "")>\(HTMLText.escaped(page.title))</a></li>"
    }
    let home = HTMLText.escaped(RelativeAddress.from(address, to: "index.html"))
    let name = PageWord.notebooks.text(language)
    return """
      <nav class="site" aria-label="\(name)">
      <a class="home" href="\(home)">\(name)</a>
      <ul>\(items.joined(separator: "\n"))</ul>
      </nav>

      """
  }
}
