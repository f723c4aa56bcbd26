import DataFiles
import Diagnostics
import FoundationEssentials
import Glibc

/// The notebooks that files and folders on the command line stand for, and their places in a site.
struct NotebookTree {
  /// A notebook's path and the address of its page.
  struct File {
    var path: String
    var address: String
  }

  /// The notebooks, in the order of the arguments, those of a folder by path.
  private(set) var files: [File] = []
  /// Whether one file was named and nothing else.
  let isSingle: Bool
  /// The name of the folder that they have in common.
  let title: String

  /// - Throws: `RunFault.unreadable`, or `.invalid` where folders hold no notebook.
  init(_ arguments: [String]) throws(RunFault) {
    var paths: [String] = []
    var folders: [String] = []
    for argument in arguments {
      guard let path = pathWithoutLinks(argument) else {
        throw .unreadable(name: argument, reason: String(cString: strerror(errno)))
      }
      if Self.isFolder(path) {
        folders.append(path)
        paths += Self.notebooks(in: path, depth: 0)
      } else {
        folders.append(Project.folder(of: path))
        paths.append(path)
      }
    }
    var seen = Set<String>()
    paths = paths.filter { seen.insert($0).inserted }
    guard !paths.isEmpty else {
      throw .invalid([
        Diagnostic(
          code: "missing-notebook",
          message: "no notebook is in \(arguments.joined(separator: ", "))",
          source: "nbrun", notes: ["a notebook's name ends in .md"])
      ])
    }
    isSingle = arguments.count == 1 && paths.count == 1 && !Self.isFolder(arguments[0])
    let root = Self.common(folders)
    title = root.split(separator: "/").last.map(String.init) ?? "/"
    files = paths.map { path in
      File(path: path, address: Self.address(of: path, below: root))
    }
  }

  private static func address(of path: String, below root: String) -> String {
    let relative = path.dropFirst(root == "/" ? 1 : root.count + 1)
    return (relative.hasSuffix(".md") ? relative.dropLast(3) : relative) + ".html"
  }

  private static func common(_ folders: [String]) -> String {
    let steps = folders.map { $0.split(separator: "/") }
    guard var shared = steps.first?[...] else { return "/" }
    for other in steps {
      shared = shared.prefix(zip(shared, other).prefix { $0 == $1 }.count)
    }
    return "/" + shared.joined(separator: "/")
  }

  /// Hidden folders, those of results, and links are passed over.
  private static func notebooks(in folder: String, depth: Int) -> [String] {
    guard depth < 32, let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    else { return [] }
    var found: [String] = []
    for name in names.sorted() where !name.hasPrefix(".") {
      let path = "\(folder)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR, name != "results", name != "node_modules" {
        found += notebooks(in: path, depth: depth + 1)
      } else if status.st_mode & S_IFMT == S_IFREG, name.hasSuffix(".md"), status.st_size > 0 {
        found.append(path)
      }
    }
    return found
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
