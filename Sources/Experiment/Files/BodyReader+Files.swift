import DataFiles
import Diagnostics
import Digests
import NotebookSyntax

extension BodyReader {
  /// The files that patterns stand for, each once, in the order of the patterns.
  func files(_ node: YAMLNode, _ what: String) -> [ResolvedFile] {
    var files: [ResolvedFile] = []
    var taken: Set<String> = []
    for (pattern, range) in texts(node, what) {
      do throws(FileFault) {
        for path in try project.paths(matching: pattern)
        where !taken.contains(path) {
          files.append(try resolvedFile(path))
          taken.insert(path)
        }
      } catch {
        note(.file(error), at: range)
      }
    }
    return files
  }

  /// The one file that a path stands for.
  func file(_ node: YAMLNode, _ what: String) -> ResolvedFile? {
    guard let path = text(node, what) else { return nil }
    do throws(FileFault) {
      let paths = try project.paths(matching: path)
      guard paths.count == 1 else { throw .tooMany(path, limit: 1) }
      return try resolvedFile(paths[0])
    } catch {
      note(.file(error), at: node.range)
      return nil
    }
  }

  /// What reading a data file gave, or nil where it is malformed.
  func reading<Value>(
    at range: ByteRange, _ read: () throws(DataFileError) -> Value
  ) -> Value? {
    do throws(DataFileError) {
      return try read()
    } catch {
      note(.dataFile(DataFault(error)), at: range)
      return nil
    }
  }

  /// A file's snapshot; what nbrun wrote into a Markdown file is left out.
  private func resolvedFile(_ path: String) throws(FileFault) -> ResolvedFile {
    var content = try project.open(path)
    do throws(DataFileError) {
      if path.hasSuffix(".md") || path.hasSuffix(".markdown") {
        let text = SourceText(name: path, bytes: try content.allBytes())
        content = FileBytes(Notebook(parsing: text).textWithoutOutputs, name: path)
      }
      let digest = try project.digest(of: content, at: path)
      return ResolvedFile(path: path, digest: digest, content: content)
    } catch {
      throw .unreadable(path, reason: error.fault.message)
    }
  }
}
