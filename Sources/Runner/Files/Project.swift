import DataFiles
import Digests
import FoundationEssentials
import Glibc

/// The folders that a notebook belongs to: what it may read, and where its results go.
public struct Project: Sendable {
  /// What notebooks may read files of.
  public let root: String
  /// The folder of the store, the figures and the saved steps.
  public let results: String

  /// Finds the project of a notebook: the nearest folder upward with `results/`, else with
  /// `.nbrun/`, else the repository, else the notebook's own folder; never beyond the repository.
  public init(ofNotebook path: String) {
    let folder = Self.folder(of: path)
    var candidates: [String] = []
    var current = folder
    while true {
      candidates.append(current)
      if Self.isFolder(current + "/.git") || current == "/" || current.isEmpty { break }
      current = Self.folder(of: current)
    }
    if let root = candidates.first(where: { Self.isFolder($0 + "/results") }) {
      self.init(root: root, results: root + "/results")
    } else if let root = candidates.first(where: { Self.isFolder($0 + "/.nbrun") }) {
      self.init(root: root, results: root + "/.nbrun")
    } else {
      let top = candidates.last ?? folder
      let root = Self.isFolder(top + "/.git") ? top : folder
      self.init(root: root, results: root + "/.nbrun")
    }
  }

  private init(root: String, results: String) {
    self.root = root
    self.results = results
  }

  /// The path of a file from the project's folder.
  public func relative(_ path: String) -> String {
    let prefix = root == "/" ? root : root + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  /// The store that is used unless another is named.
  public var storePath: String { results + "/nbrun.sqlite" }

  /// The folder of a notebook's figures.
  func figureFolder(ofNotebook path: String) -> String {
    let stem = Self.stem(of: path)
    return "\(results)/\(Self.ownNames.contains(stem) ? "\(stem)-figures" : stem)"
  }

  /// What else is in the folder of results: no notebook's figures lie there, whatever its name.
  private static let ownNames: Set<String> = [
    "corrected", "locks", "nbrun.sqlite", "nbrun.sqlite-shm", "nbrun.sqlite-wal", "steps",
    "weights", ".gitignore", "", ".", "..",
  ]

  /// The figures' folder as the notebook writes it: relative to its own folder, which lies anywhere.
  func figureReference(ofNotebook path: String) -> String {
    let from = Self.folder(of: path).split(separator: "/")
    let to = figureFolder(ofNotebook: path).split(separator: "/")
    let shared = zip(from, to).prefix { $0 == $1 }.count
    let up = Array(repeating: "..", count: from.count - shared)
    return (up + to.dropFirst(shared).map(String.init)).joined(separator: "/")
  }

  /// Where a training run with that key saves its steps.
  func savedStepPath(key: String) -> String { results + "/steps/\(key.prefix(32)).step" }

  /// Where the weights of a training run with that key, made in that environment, are kept.
  func weightsPath(key: String, environment: String) -> String {
    let digest = Digest(hashing: environment).hex
    return results + "/weights/\(key.prefix(32))-\(digest.prefix(8)).weights"
  }

  /// The path without links of a file that need not be there; as it is where its folder is missing.
  static func absolute(_ name: String) -> String {
    let folder = folder(of: name)
    guard let resolved = pathWithoutLinks(folder.isEmpty ? "." : folder) else { return name }
    let file = name.split(separator: "/").last.map(String.init) ?? name
    return "\(resolved)/\(file)"
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The file's name without `.md`.
  static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.hasSuffix(".md") ? String(name.dropLast(3)) : name
  }

  /// A file's name for what belongs to one notebook: its path from the project's folder on one level,
  /// as notebooks in two folders may have one name.
  func fileStem(of path: String) -> String {
    Self.stem(of: relative(path).replacing("%", with: "%25").replacing("/", with: "%2F"))
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
