import Diagnostics
public import NotebookSyntax

/// A notebook on its way to a web page: its text, and what is known of its cells and figures.
public struct SitePage: Sendable {
  /// The parsed text.
  public var notebook: Notebook
  /// The name of the page.
  public var title: String
  /// The language of the text, a BCP 47 tag.
  public var language: String
  /// What is known of the cells, by identifier.
  public var cells: [String: PageCell]
  /// Figures that can be explored, by the names of their files.
  public var figures: [String: PageFigure]
  /// The address of the page from the site's folder.
  public var address: String

  /// Creates a page.
  public init(
    notebook: Notebook, title: String, language: String = "en", cells: [String: PageCell] = [:],
    figures: [String: PageFigure] = [:], address: String
  ) {
    self.notebook = notebook
    self.title = title
    self.language = language
    self.cells = cells
    self.figures = figures
    self.address = address
  }

  /// The text of a notebook's first heading of level 1, without raw HTML and markers of values.
  public static func heading(of notebook: Notebook) -> String? {
    let text = notebook.source.bytes[notebook.textStart...]
    let tree = MarkdownTree(HTMLText.withoutControls(text))
    for node in tree.root.children {
      if case .heading(level: 1) = node.kind { return node.plainText(withHTML: false).trimmed }
    }
    return nil
  }
}

/// How a page reaches what is around it.
public struct PageSurroundings {
  /// The file behind an image's address as the notebook has it.
  public var image: (String) -> PageImage
  /// The address of a link on the page, for its address in the notebook.
  public var link: (String) -> String
  /// The pages of the site in order, this one included; empty for a page on its own.
  public var pages: [(title: String, address: String, language: String)]

  /// Creates surroundings; by default there is nothing around.
  public init(
    image: @escaping (String) -> PageImage = { _ in .missing },
    link: @escaping (String) -> String = { $0 },
    pages: [(title: String, address: String, language: String)] = []
  ) {
    self.image = image
    self.link = link
    self.pages = pages
  }
}
