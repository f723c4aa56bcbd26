public import DataFiles

/// Columns of a CSV file.
public struct TableSpec: Hashable, Sendable {
  /// The file.
  public var file: ResolvedFile
  /// The columns that are read, with their types, the target among them.
  public var columns: [CSVColumn]
  /// The column to predict.
  public var target: String
  /// The byte between fields.
  public var delimiter: UInt8
  /// Whether the first line holds names.
  public var hasHeader: Bool
  /// What is done with rows that lack a value.
  public var missing: CSVFile.MissingValues
  /// Whether numeric features get mean 0 and deviation 1 over the training part.
  public var isNormalized: Bool

  /// Whether some of the features are words.
  var hasWords: Bool { columns.contains { $0.kind == .category && $0.name != target } }

  /// The target's column.
  public var targetColumn: CSVColumn? { columns.first { $0.name == target } }

  /// Whether the target is one of some classes.
  public var predictsClasses: Bool { targetColumn?.kind != .number }
}
