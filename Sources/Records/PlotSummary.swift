/// A plot's points, taken from recorded values, and how they are drawn.
public struct PlotSummary: Codable, Sendable, Equatable {
  /// How points are drawn.
  public var kind: Kind
  /// The title above the plot.
  public var title: String
  /// The horizontal axis.
  public var x: Axis
  /// The vertical axis.
  public var y: Axis
  /// The series in the order of the legend.
  public var series: [Series]
  /// Width and height in pixels.
  public var size: Size
  /// Whether the series are named above the plot.
  public var hasLegend: Bool
  /// Values that can't be drawn: missing, not finite, or not above 0 on a logarithmic axis.
  public var omitted: Int
  /// Whether another run may measure other values although nothing was changed.
  public var isVolatile: Bool

  /// Creates a plot.
  public init(
    kind: Kind, title: String, x: Axis, y: Axis, series: [Series], size: Size = Size(),
    hasLegend: Bool = true, omitted: Int = 0, isVolatile: Bool = false
  ) {
    self.kind = kind
    self.title = title
    self.x = x
    self.y = y
    self.series = series
    self.size = size
    self.hasLegend = hasLegend
    self.omitted = omitted
    self.isVolatile = isVolatile
  }

  /// How points are drawn.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case line, bar, scatter
  }

  /// An axis.
  public struct Axis: Codable, Sendable, Equatable {
    /// What it shows.
    public var title: String
    /// The unit of its values.
    public var format: QueryResult.Format
    /// Whether equal ratios have equal lengths.
    public var isLogarithmic: Bool
    /// The names that stand along it, whose positions are the values; nil for numbers.
    public var categories: [String]?

    /// Creates an axis.
    public init(
      title: String, format: QueryResult.Format = .plain, isLogarithmic: Bool = false,
      categories: [String]? = nil
    ) {
      self.title = title
      self.format = format
      self.isLogarithmic = isLogarithmic
      self.categories = categories
    }
  }

  /// Points that belong together.
  public struct Series: Codable, Sendable, Equatable {
    /// Its name in the legend.
    public var name: String
    /// Its points in the order of the rows; those of a line by x.
    public var points: [Point]

    /// Creates a series.
    public init(name: String, points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  /// A point; bytes and seconds are in these units.
  public struct Point: Codable, Sendable, Equatable {
    /// The horizontal value.
    public var x: Double
    /// The vertical value.
    public var y: Double

    /// Creates a point.
    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// Width and height in pixels.
  public struct Size: Codable, Sendable, Equatable {
    /// From left to right.
    public var width: Int
    /// From top to bottom.
    public var height: Int

    /// Creates a size.
    public init(width: Int = 720, height: Int = 360) {
      self.width = width
      self.height = height
    }
  }
}
