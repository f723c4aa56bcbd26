import Diagnostics
import NotebookSyntax

/// The notebooks that git tracks in the working directory and below.
public struct TrackedNotebooks: Sendable {
  /// Their paths, those with directives only.
  public let paths: [String]

  /// Asks git, and reads the files.
  ///
  /// - Throws: `RunFault.invalid` outside of a repository.
  public init() throws(RunFault) {
    guard let listed = Git.output(["ls-files", "-z", "--", "*.md"], folder: ".") else {
      throw .invalid([
        Diagnostic(
          code: "missing-notebook", message: "name a notebook: this folder is in no git repository",
          source: "nbrun")
      ])
    }
    paths = listed.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      .filter { path in
        guard let file = try? NotebookFile(name: path) else { return false }
        let text = SourceText(name: path, bytes: file.bytes)
        return !Notebook(parsing: text).directives.isEmpty
      }
  }
}
