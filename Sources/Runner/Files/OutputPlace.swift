import DataFiles
import Diagnostics
import Foundation
import Glibc

/// A file that an output is written to, in place of what was there.
enum OutputPlace {
  /// Refuses a place that holds what no output is to replace: a notebook that it is made of, or a
  /// database, as nbrun's store is one.
  ///
  /// - Parameter sources: the notebooks.
  /// - Throws: `RunFault.invalid`.
  static func check(_ path: String, sources: [String]) throws(RunFault) {
    guard let place = pathWithoutLinks(path) else { return }
    if let source = sources.first(where: { pathWithoutLinks($0) == place }) {
      throw refusal(
        "output-is-input", "the output would replace the notebook '\(source)'",
        notes: ["name another file with -o; without -o a run writes into the notebook"])
    }
    guard isDatabase(place) else { return }
    throw refusal(
      "output-is-database", "the output would replace the database '\(path)'",
      notes: ["name another file with -o"])
  }

  private static func isDatabase(_ path: String) -> Bool {
    var status = stat()
    // To open a pipe would wait for its other end.
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let file = FileHandle(forReadingAtPath: path)
    else { return false }
    defer { try? file.close() }
    return (try? file.read(upToCount: 16)) == Data("SQLite format 3\0".utf8)
  }

  private static func refusal(_ code: String, _ message: String, notes: [String]) -> RunFault {
    .invalid([Diagnostic(code: code, message: message, source: "nbrun", notes: notes)])
  }
}
