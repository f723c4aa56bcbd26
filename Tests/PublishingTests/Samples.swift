import Diagnostics
import Foundation
import NotebookSyntax
import Publishing

/// Pages of short texts.
enum Samples {
  static func page(
    _ text: String, cells: [String: PageCell] = [:], figures: [PageFigure] = []
  ) -> SitePage {
    SitePage(
      notebook: Notebook(parsing: SourceText(name: "a.md", text: text)), title: "A page",
      cells: cells,
      figures: Dictionary(uniqueKeysWithValues: figures.map { ($0.name, $0) }),
      address: "a.html")
  }

  /// The content of a page, without what is around it.
  static func main(
    _ text: String, cells: [String: PageCell] = [:], figures: [PageFigure] = [],
    _ surroundings: PageSurroundings = PageSurroundings()
  ) -> String {
    main(of: page(text, cells: cells, figures: figures).html(surroundings))
  }

  /// What is between the tags of a page's main element.
  static func main(of html: String) -> String {
    guard let start = html.range(of: "<main id=\"main\" tabindex=\"-1\">\n")?.upperBound,
      let end = html.range(of: "</main>", options: .backwards)?.lowerBound
    else { return "" }
    return String(html[start..<end])
  }

  /// A directive with an output, as nbrun writes it.
  static let cell = """
    ```yaml {.nbrun-train #run}
    #| caption: A run
    model: net # the one above
    steps: ${steps}
    rate: 1e-3
    ```

    <!-- #region nbrun:out run in=81d5ad92 sum=ad547e25 -->

    | part | MiB |
    | :--- | ---: |
    | `a` | 1.00 |

    <details>
    <summary>More &amp; more</summary>

    Text.

    </details>

    <!-- #endregion nbrun:out run -->

    After.

    """
}
