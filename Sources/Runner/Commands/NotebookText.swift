import Diagnostics
import Digests
import NotebookSyntax

/// What people wrote in a notebook, without what nbrun did: equal if there is nothing new to run.
public struct NotebookText: Equatable, Sendable {
  private let digest: Digest

  /// Reads a file; nil where that isn't possible now, as while an editor replaces it.
  public init?(_ file: String) {
    guard let file = try? NotebookFile(name: file) else { return nil }
    let text = SourceText(name: file.name, bytes: file.bytes)
    digest = Digest(hashing: Notebook(parsing: text).textWithoutOutputs)
  }
}
