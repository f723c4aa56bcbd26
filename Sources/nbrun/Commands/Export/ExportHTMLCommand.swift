import ArgumentParser
import Glibc
import Runner

/// The command `nbrun export html NOTEBOOK|FOLDER…`.
struct ExportHTMLCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "html", abstract: "Make web pages of notebooks; runs nothing.",
    discussion: """
      A page holds all that it shows: it loads nothing, and no script runs but its own, whatever \
      the notebook says. Of several notebooks or a folder a site is made, with an index. Outputs \
      that are stale, edited or failed are marked as such.
      """)

  @Argument(
    help: ArgumentHelp("Notebooks, or folders of them.", valueName: "notebook"),
    completion: .notebooks)
  var paths: [String]

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The page of one notebook (default: NOTEBOOK.html beside it; - is the standard output), "
        + "or the folder of a site (default: site).", valueName: "out"))
  var output: String?

  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var cache: CacheOptions
  @OptionGroup var display: DisplayOptions

  func perform() throws(RunFault) -> Runner.ExitCode {
    let options = try RunOptions(parameters, store, cache)
    let single = paths.count == 1 && !Self.isFolder(paths[0])
    let target = single ? page : Target(folder: output ?? "site", file: nil)
    let export = try SiteExport(paths, output: target.folder, options: options)
    show(export.warnings)
    guard single, let first = export.pages.first else {
      try export.write(toFolder: target.folder)
      tell("\(export.pages.count) pages: \(target.folder)/\(export.pages[0].address)")
      return .ok
    }
    if let file = target.file {
      try SiteExport.write(first.html, to: file, from: paths)
      tell(file)
    } else {
      writeToStandardOutput(first.html)
    }
    return .ok
  }

  /// Where pages go: a folder, and for one page its file, if it is not the standard output.
  private struct Target {
    var folder: String
    var file: String?
  }

  private var page: Target {
    let path = paths[0]
    let stem = path.hasSuffix(".md") ? String(path.dropLast(3)) : path
    switch output {
    case "-": return Target(folder: Self.folder(of: path), file: nil)
    case let output? where output.hasSuffix("/") || Self.isFolder(output):
      let folder = output.hasSuffix("/") ? String(output.dropLast()) : output
      let name = stem.split(separator: "/").last.map(String.init) ?? stem
      return Target(folder: folder, file: "\(folder)/\(name).html")
    case let output?: return Target(folder: Self.folder(of: output), file: output)
    case nil: return Target(folder: Self.folder(of: path), file: stem + ".html")
    }
  }

  private func tell(_ message: String) {
    if !display.quiet { writeToStandardError("nbrun: wrote \(message)\n") }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
