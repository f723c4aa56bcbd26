import Diagnostics

extension UnifiedDiff {
  /// The hunks as `diff -u` prints them, below the names of both sides; empty where nothing differs.
  ///
  /// What could move a terminal's cursor is printed as an escape.
  public func text(before: String, after: String, usesColor: Bool) -> String {
    guard !isEmpty else { return "" }
    func styled(_ code: String, _ line: String) -> String {
      usesColor ? "\u{1B}[\(code)m\(line)\u{1B}[0m" : line
    }
    var lines = [
      styled("1", "--- \(sanitizedForTerminal(before))"),
      styled("1", "+++ \(sanitizedForTerminal(after))"),
    ]
    for hunk in hunks {
      lines.append(styled("36", hunk.heading))
      lines += hunk.entries.map { entry in
        switch entry {
        case .same(let line, _): " " + line.shown
        case .removed(let line): styled("31", "-" + line.shown)
        case .added(let line): styled("32", "+" + line.shown)
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension UnifiedDiff.Hunk {
  /// `@@ -3,7 +3,8 @@`: the first line and the number of lines on each side.
  fileprivate var heading: String {
    var (old, new): ([Int], [Int]) = ([], [])
    for entry in entries {
      switch entry {
      case .same(let line, let number):
        old.append(line.number)
        new.append(number)
      case .removed(let line): old.append(line.number)
      case .added(let line): new.append(line.number)
      }
    }
    func range(_ numbers: [Int]) -> String { "\(numbers.first ?? 0),\(numbers.count)" }
    return "@@ -\(range(old)) +\(range(new)) @@"
  }
}

extension UnifiedDiff.Line {
  /// The text as a terminal may show it; tabs stay.
  fileprivate var shown: String {
    text.split(separator: "\t", omittingEmptySubsequences: false)
      .map { sanitizedForTerminal(String($0)) }.joined(separator: "\t")
  }
}
