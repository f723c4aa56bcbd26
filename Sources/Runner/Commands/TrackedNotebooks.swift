import Diagnostics
import Glibc
import NotebookSyntax

/// The notebooks that git tracks in the working directory and below.
public struct TrackedNotebooks: Sendable {
  /// Their paths: those with directives, also where these are not valid, and those that can't be
  /// read, so that neither is passed over in silence.
  public let paths: [String]

  /// Asks git, and reads the files.
  ///
  /// - Throws: `RunFault.invalid` outside of a repository.
  public init() throws(RunFault) {
    guard let listed = Git.output(["ls-files", "-z", "--", "*.md"], folder: ".") else {
      throw .invalid([
        Diagnostic(
          code: "missing-notebook",
          message: "name a notebook: \(Git.reasonForSilence() ?? "git can't list this folder's")",
          source: "nbrun")
      ])
    }
    paths = listed.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      .filter(Self.isNotebook)
  }

  private static func isNotebook(_ path: String) -> Bool {
    guard access(path, F_OK) == 0 else { return false }
    guard let file = try? NotebookFile(name: path) else { return true }
    let notebook = Notebook(parsing: SourceText(name: path, bytes: file.bytes))
    guard notebook.directives.isEmpty else { return true }
    return notebook.hasErrors && String(decoding: file.bytes, as: UTF8.self).contains("{.nbrun-")
  }
}
