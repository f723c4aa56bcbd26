import DataFiles
public import Diagnostics
import FoundationEssentials
import Glibc
import Publishing

/// Notebooks as web pages that need nothing but themselves.
public struct SiteExport {
  /// A page of the site.
  public struct Page: Sendable {
    /// Its address from the site's folder.
    public let address: String
    /// Its HTML.
    public let html: String
  }

  /// The pages, the index first if there is one.
  public private(set) var pages: [Page] = []
  /// Warnings about the notebooks.
  public private(set) var warnings: [Diagnostic] = []
  /// Whether there is one page only, of a notebook that was named.
  public let isSingle: Bool

  /// Makes the pages of notebooks and of all notebooks in folders.
  ///
  /// - Parameters:
  ///   - paths: files, or folders that are searched; hidden folders are not.
  ///   - output: where the pages will be, for links to what is not exported; nil where that is
  ///     nowhere.
  /// - Throws: `RunFault` with all that is wrong with any of them.
  public init(_ paths: [String], output: String?, options: RunOptions) throws(RunFault) {
    let tree = try NotebookTree(paths)
    isSingle = tree.isSingle
    var notebooks: [NotebookPage] = []
    var faults: [Diagnostic] = []
    for file in tree.files {
      do throws(RunFault) {
        var notebook = try NotebookPage(file.path, options: options)
        notebook.page.address = file.address
        warnings += notebook.open.warnings
        notebooks.append(notebook)
      } catch .invalid(let diagnostics) {
        faults += diagnostics
      }
    }
    guard faults.isEmpty else { throw .invalid(faults) }
    let links = SiteLinks(
      addresses: notebooks.map { ($0.open.file.path, $0.page.address) },
      folder: output.map(Self.folder))
    let list = notebooks.map { ($0.page.title, $0.page.address, $0.page.language) }
    pages = notebooks.map { notebook in
      let surroundings = PageSurroundings(
        image: notebook.image,
        link: { links.address(of: $0, in: notebook.open.file.path, on: notebook.page.address) },
        pages: isSingle ? [] : list)
      return Page(address: notebook.page.address, html: notebook.page.html(surroundings))
    }
    guard !isSingle, !pages.contains(where: { $0.address == "index.html" }) else { return }
    let index = SiteIndex(notebooks.map(\.page), title: tree.title)
    pages.insert(Page(address: "index.html", html: index.html), at: 0)
  }

  /// Writes the pages below a folder; what is there with the same bytes is left alone.
  ///
  /// - Throws: `RunFault.unwritable`.
  public func write(toFolder folder: String) throws(RunFault) {
    for page in pages { try Self.write(page.html, to: "\(folder)/\(page.address)", from: []) }
  }

  /// Writes a text to a file, with the folders above it; equal bytes are not written.
  ///
  /// - Parameter sources: the notebooks that it was made of: none of them is replaced.
  /// - Throws: `RunFault.unwritable`, `.invalid` for one of the sources.
  public static func write(
    _ text: String, to path: String, from sources: [String]
  ) throws(RunFault) {
    try OutputPlace.check(path, sources: sources)
    let bytes = Array(text.utf8)
    if let old = FileManager.default.contents(atPath: path), old.elementsEqual(bytes) { return }
    try makeFolder(Project.folder(of: path))
    try writeWhole(bytes, to: path, name: path)
  }

  private static func folder(_ output: String) -> String {
    let absolute =
      output.hasPrefix("/") ? output : FileManager.default.currentDirectoryPath + "/" + output
    return "/" + (RelativeAddress.resolved(absolute, from: "") ?? "")
  }
}
