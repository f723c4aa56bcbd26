import Diagnostics
import FoundationEssentials
import NotebookSyntax

/// The notebooks of the last commit, in the working directory and below, that the work tree lacks.
struct DeletedNotebooks {
  /// Their paths, those with directives only.
  let paths: [String]

  /// Asks git; without a commit there are none.
  init() {
    let arguments = [
      "diff", "--relative", "--name-only", "--no-renames", "--diff-filter=D", "-z", "HEAD", "--",
      "*.md",
    ]
    let listed = Git.output(arguments, folder: ".") ?? Data()
    paths = listed.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      .filter { path in
        guard let bytes = try? GitFile.contents("HEAD", path: "./\(path)", folder: ".") else {
          return false
        }
        return !Notebook(parsing: SourceText(name: path, bytes: bytes)).directives.isEmpty
      }
  }
}
