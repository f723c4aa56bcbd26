import Diagnostics

/// What differs between two texts, as `diff -u` shows it.
public struct UnifiedDiff: Sendable {
  /// Groups of changes with the lines around them.
  public let hunks: [Hunk]

  /// A line with its number in its file: lines that are left out of a comparison have one too.
  public struct Line: Sendable, Equatable {
    /// The number, from 1.
    public var number: Int
    /// The text without its line ending.
    public var text: String

    /// Creates a line.
    public init(number: Int, text: String) {
      self.number = number
      self.text = text
    }

    /// The lines of a text, at any line ending.
    public static func lines(of text: String) -> [Line] {
      var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      if lines.last?.isEmpty == true { lines.removeLast() }
      return lines.enumerated().map { Line(number: $0 + 1, text: String($1)) }
    }
  }

  /// A group of changes.
  public struct Hunk: Sendable, Equatable {
    /// The lines in order.
    public var entries: [Entry]
  }

  /// A line of a hunk.
  public enum Entry: Sendable, Equatable {
    /// On both sides; the numbers are those of the first and the second.
    case same(Line, Int)
    /// On the first side only.
    case removed(Line)
    /// On the second side only.
    case added(Line)

    var isChange: Bool {
      if case .same = self { false } else { true }
    }
  }

  /// Compares two texts line by line.
  ///
  /// - Parameter context: how many equal lines are shown around a change.
  public init(from before: [Line], to after: [Line], context: Int = 3) {
    hunks = Self.hunks(Self.entries(before, after), context: context)
  }

  /// Compares two texts.
  public init(from before: String, to after: String) {
    self.init(from: Line.lines(of: before), to: Line.lines(of: after))
  }

  /// Whether nothing differs.
  public var isEmpty: Bool { hunks.isEmpty }

  /// All lines in order, by the shortest list of changes (Myers 1986, as the standard library has
  /// it); equal lines at both ends are left out of the search, as they are most of a notebook.
  private static func entries(_ before: [Line], _ after: [Line]) -> [Entry] {
    let head = zip(before, after).prefix { $0.text == $1.text }.count
    let tail = zip(before.dropFirst(head).reversed(), after.dropFirst(head).reversed())
      .prefix { $0.text == $1.text }.count
    var entries = zip(before, after).prefix(head).map { Entry.same($0, $1.number) }
    let old = before[head..<(before.count - tail)]
    let new = after[head..<(after.count - tail)]
    entries += changes(Array(old), Array(new))
    entries += zip(before.suffix(tail), after.suffix(tail)).map { .same($0, $1.number) }
    return entries
  }

  private static func changes(_ old: [Line], _ new: [Line]) -> [Entry] {
    let difference = new.map(\.text).difference(from: old.map(\.text))
    let removed = Set(difference.removals.map(\.offset))
    let added = Set(difference.insertions.map(\.offset))
    var entries: [Entry] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if removed.contains(i) {
        entries.append(.removed(old[i]))
        i += 1
      } else if added.contains(j) {
        entries.append(.added(new[j]))
        j += 1
      } else {
        entries.append(.same(old[i], new[j].number))
        (i, j) = (i + 1, j + 1)
      }
    }
    return entries
  }

  private static func hunks(_ entries: [Entry], context: Int) -> [Hunk] {
    var ranges: [Range<Int>] = []
    for index in entries.indices where entries[index].isChange {
      let range = max(0, index - context)..<min(entries.count, index + context + 1)
      if let last = ranges.last, last.upperBound >= range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
      } else {
        ranges.append(range)
      }
    }
    return ranges.map { Hunk(entries: Array(entries[$0])) }
  }
}

extension CollectionDifference.Change {
  fileprivate var offset: Int {
    switch self {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }
}
