/// A figure of recorded values.
public struct PlotCell: Hashable, Sendable {
  /// How points are drawn: `line`, `bar` or `scatter`.
  public var kind: Kind
  /// Where the points come from.
  public var source: Source
  /// What is along the horizontal axis: a column, a value's name or a setting; nil takes what the
  /// source has first.
  public var x: PlacedText?
  /// What is along the vertical axis; several make a series each.
  public var y: [PlacedText]
  /// The column or setting whose values make the series.
  public var series: PlacedText?
  /// The axes on which equal ratios have equal lengths.
  public var logarithmic: Set<Axis>
  /// The title above the plot.
  public var title: String?
  /// The title of the horizontal axis.
  public var xLabel: String?
  /// The title of the vertical axis.
  public var yLabel: String?
  /// Width and height in pixels.
  public var size: [Int]
  /// Whether series are named; nil where there are several.
  public var hasLegend: Bool?

  /// How points are drawn.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case line, bar, scatter
  }

  /// One of the two axes.
  public enum Axis: String, Hashable, Sendable, CaseIterable {
    case x, y
  }

  /// Where the points come from.
  public enum Source: Hashable, Sendable {
    /// The rows of a query cell.
    case query(String)
    /// The rows of a query of its own.
    case sql(PlacedText, QueryCell.Scope, cells: [String])
    /// Series of these cells over their steps.
    case series(cells: [String], metrics: [PlacedText])
    /// A point for each of these cells, by the names of its values.
    case values(cells: [String])
  }
}
