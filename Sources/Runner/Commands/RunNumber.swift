import Glibc
import ResultStore

/// A run as the command line names it.
enum RunNumber {
  /// Reads `42` or `run:42`; nil for a file that exists, and for what is no number above 0.
  static func parse(_ text: String) -> Run.Identifier? {
    guard access(text, F_OK) != 0 else { return nil }
    let digits = text.hasPrefix("run:") ? text.dropFirst(4) : text[...]
    return Run.Identifier(digits).flatMap { $0 > 0 ? $0 : nil }
  }
}
