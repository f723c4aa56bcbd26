/// A column as a reader wants it.
public struct CSVColumn: Hashable, Sendable {
  /// The column's name in the header; its number from 1 where there is none.
  public var name: String
  /// What its fields are.
  public var kind: Kind

  /// Creates a column.
  public init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// What the fields of a column are.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Finite decimal numbers.
    case number
    /// Whole numbers.
    case integer
    /// One of some words.
    case category
    /// Any text.
    case text
  }
}

/// The fields of a column in the order of the rows.
public enum CSVValues: Hashable, Sendable {
  /// Numbers; a missing one is not a number.
  case numbers([Double])
  /// Positions in a sorted list of words; a missing one is -1.
  case categories([Int32], words: [String])
  /// Texts; a missing one is empty.
  case texts([String])

  /// How many rows there are.
  public var count: Int {
    switch self {
    case .numbers(let values): values.count
    case .categories(let values, _): values.count
    case .texts(let values): values.count
    }
  }
}
