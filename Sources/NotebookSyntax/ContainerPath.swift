/// The block quotes and list items around a block, outermost first.
struct ContainerPath: Sendable, Hashable {
  /// One container's share of a line's prefix.
  enum Step: Sendable, Hashable {
    /// `>` with up to three spaces before it and one after it.
    case quote
    /// A list item: so many columns of indentation.
    case item(columns: Int)
  }

  /// The containers, outermost first.
  var steps: [Step] = []

  /// What to write before a line's text; list indentation is spaces.
  var prefix: String {
    steps.reduce(into: "") { prefix, step in
      switch step {
      case .quote: prefix += "> "
      case .item(let columns): prefix += String(repeating: " ", count: columns)
      }
    }
  }

  /// What to write on a blank line: the prefix without the spaces at its end.
  var blankPrefix: String {
    let prefix = self.prefix
    let end = prefix.lastIndex(of: ">").map(prefix.index(after:)) ?? prefix.startIndex
    return String(prefix[..<end])
  }
}
