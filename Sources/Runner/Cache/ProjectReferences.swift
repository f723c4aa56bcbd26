import Diagnostics
import Digests
import Experiment
import Foundation
import NotebookSyntax

/// What the notebooks of a project refer to: keys of results, and names of figures.
///
/// A notebook refers to what its outputs were written for, in the work tree and in the last commit,
/// and to what its cells are now. One that is not valid refers to what is written in it.
struct ProjectReferences {
  /// The first digits of the keys of written outputs.
  private(set) var writtenKeys: Set<String> = []
  /// The keys of cells as they are.
  private(set) var currentKeys: Set<String> = []
  /// Notebooks that could not be planned.
  private(set) var invalid: [String] = []
  private var texts: [String] = []

  init(_ project: Project) {
    for path in Self.files(of: project) { add(path, project) }
    addCommitted(project)
  }

  /// Whether a key is referred to.
  func holds(key: String) -> Bool {
    currentKeys.contains(key) || writtenKeys.contains(String(key.prefix(8)))
      || writtenKeys.contains { $0.count != 8 && key.hasPrefix($0) }
  }

  /// Whether some key that begins so is referred to, or may be.
  func holds(keyBeginning digits: Substring) -> Bool {
    currentKeys.contains { $0.hasPrefix(digits) } || writtenKeys.contains { digits.hasPrefix($0) }
  }

  /// Whether a notebook shows a figure.
  func shows(figure name: String) -> Bool { texts.contains { $0.contains(name) } }

  private mutating func add(_ path: String, _ project: Project) {
    guard let file = try? NotebookFile(name: path) else { return }
    let text = String(decoding: file.bytes, as: UTF8.self)
    // Of other files only those with outputs: a program's source may hold a notebook as an example.
    guard text.contains("nbrun"), path.hasSuffix(".md") || text.contains("#region nbrun:") else {
      return
    }
    add(text)
    let name = project.relative(file.path)
    let notebook = Notebook(parsing: SourceText(name: name, bytes: file.bytes))
    guard notebook.hasErrors || !notebook.directives.isEmpty else { return }
    do throws(RunFault) {
      let open = try OpenNotebook(
        file: NotebookFile(bytes: file.bytes, name: name, path: file.path), overrides: [],
        settings: SettingsOverrides())
      currentKeys.formUnion(open.plan.cells.map(\.key.hex))
    } catch {
      invalid.append(name)
    }
  }

  /// Reads markers line by line, so that they are found in a notebook that can't be parsed too.
  private mutating func add(_ text: String) {
    texts.append(text)
    for line in text.split(separator: "\n") where line.contains("#region nbrun:") {
      for word in line.split(separator: " ") where word.hasPrefix("in=") {
        let digits = word.dropFirst(3)
        if digits.count >= 8, digits.allSatisfy(\.isHexDigit) { writtenKeys.insert(String(digits)) }
      }
    }
  }

  /// Reads the last commit's versions of notebooks that differ from it, as `diff` compares with
  /// them.
  private mutating func addCommitted(_ project: Project) {
    let listed = Git.output(
      ["diff", "--name-only", "--relative", "-z", "HEAD", "--", "*.md"], folder: project.root)
    for name in (listed ?? Data()).split(separator: 0) {
      let path = "HEAD:./\(String(decoding: name, as: UTF8.self))"
      guard let blob = Git.output(["cat-file", "blob", path], folder: project.root) else {
        continue
      }
      add(String(decoding: blob, as: UTF8.self))
    }
  }

  /// The texts of the other files of a project whose figures, if they are notebooks, lie in the same
  /// folder as a notebook's: in other folders, hidden ones too, or with another ending.
  static func namesakes(of path: String, in project: Project) -> [String] {
    let folder = project.figureFolder(ofNotebook: path)
    return files(of: project).filter {
      $0 != path && project.figureFolder(ofNotebook: $0) == folder
    }
    .compactMap { try? NotebookFile(name: $0) }
    .map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  /// The files of a project that may be notebooks, whatever their names: hidden ones too, but for
  /// what git and builds keep, and what nbrun writes itself.
  private static func files(of project: Project) -> [String] {
    let own = Set(["weights", "steps", "locks", "corrected"].map { "\(project.results)/\($0)" })
    return files(in: project.root) { path in
      let name = path.split(separator: "/").last ?? ""
      return [".git", ".build", "node_modules"].contains(name) || own.contains(path)
    }
    .filter { !$0.hasSuffix(".svg") && !$0.hasPrefix(project.storePath) }
  }

  /// Larger files, in bytes, are data.
  private static let largestNotebook = 32 << 20

  /// The files of a folder and those below it that are not too large; links are not followed.
  private static func files(
    in folder: String, except isLeftOut: (_ path: String) -> Bool
  ) -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: folder) else { return [] }
    var files: [String] = []
    while let path = walk.nextObject() as? String {
      if isLeftOut("\(folder)/\(path)") {
        walk.skipDescendants()
      } else if walk.fileAttributes?[.type] as? FileAttributeType == .typeRegular,
        (walk.fileAttributes?[.size] as? NSNumber)?.intValue ?? 0 <= largestNotebook
      {
        files.append("\(folder)/\(path)")
      }
    }
    return files.sorted()
  }
}
