import Diagnostics
import Digests
import NotebookSyntax

extension BodyReader {
  /// The files that patterns stand for, each once, in the order of the patterns.
  func files(_ node: YAMLNode, _ what: String) -> [ResolvedFile] {
    var files: [ResolvedFile] = []
    for (pattern, range) in texts(node, what) {
      do throws(FileFault) {
        for path in try project.paths(matching: pattern)
        where !files.contains(where: { $0.path == path }) {
          files.append(try resolvedFile(path))
        }
      } catch {
        note(.file(error), at: range)
      }
    }
    return files
  }

  /// A file's snapshot; what nbrun wrote into a Markdown file is left out.
  private func resolvedFile(_ path: String) throws(FileFault) -> ResolvedFile {
    var bytes = try project.contents(of: path)
    if path.hasSuffix(".md") || path.hasSuffix(".markdown") {
      bytes = Notebook(parsing: SourceText(name: path, bytes: bytes)).textWithoutOutputs
    }
    return ResolvedFile(path: path, digest: Digest(hashing: bytes), bytes: bytes)
  }
}
