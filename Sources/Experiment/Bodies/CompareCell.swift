/// Several cells side by side.
public struct CompareCell: Hashable, Sendable {
  /// The cells, one a row.
  public var cells: [String]
  /// The cell that ratios refer to.
  public var baseline: String
  /// The dotted names of the values, one a column.
  public var show: [String]

  /// Creates a comparison.
  public init(cells: [String], baseline: String, show: [String]) {
    self.cells = cells
    self.baseline = baseline
    self.show = show
  }

  /// The values shown where a directive names none.
  static let usualValues = ["loss.last", "memory.peak", "timing.step_median"]
}
