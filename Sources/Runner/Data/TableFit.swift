import DataFiles

/// What a table's training part says of its columns, by which other tables are read for the same
/// model: of a file of its own, the means and the order of words would be others.
struct TableFit: Sendable {
  /// The features by the names of their columns, in the order in which the model reads them.
  var features: [(name: String, column: Column)]
  /// The classes by their numbers; empty where the target is a number.
  var classes: [String]
  /// Whether numbers were brought to mean 0 and deviation 1.
  var isNormalized: Bool

  /// What is known of a column.
  enum Column: Sendable {
    case numbers(mean: Double, deviation: Double)
    /// The words by their places.
    case words([String])

    /// The type of such a column.
    var kind: CSVColumn.Kind {
      switch self {
      case .numbers: .number
      case .words: .category
      }
    }
  }
}
