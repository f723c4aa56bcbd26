extension WaitingCells {
  /// What waits and which keys there are: one line, or where that would be long a line a cell.
  ///
  /// - Parameter hasKeys: whether there is a terminal to press keys on.
  func lines(hasKeys: Bool) -> [String] {
    guard hasKeys else {
      let names = entries.map { $0.label }.joined(separator: ", ")
      return [entries.isEmpty ? "watching" : "watching; not run: \(names)"]
    }
    guard !entries.isEmpty else { return ["watching; q ends"] }
    let labels = entries.map { "\($0.number) \($0.label)" }
    let one = "stale: \(labels.joined(separator: ", "))"
    guard one.count > Self.shortLine else { return ["\(one); \(keys)"] }
    let width = entries.map { "\($0.number)".count }.max() ?? 0
    return ["stale:"]
      + entries.map { entry in
        let number = "\(entry.number)"
        return String(repeating: " ", count: 2 + width - number.count)
          + "\(number)  \(entry.label)"
      } + ["  \(keys)"]
  }

  /// The most characters of a list that stands on one line.
  private static let shortLine = 70

  private var keys: String {
    entries.count > 1
      ? "a number runs one, / and its name too, r runs all, q ends" : "r runs it, q ends"
  }
}

extension WaitingCells.Entry {
  fileprivate var label: String {
    name + (seconds.map { " (about \(LiveLine.clock($0)))" } ?? "")
  }
}
