extension Figure {
  /// Where values lie in a drawing: linear from one end of the frame to the other.
  public struct Scale: Sendable, Equatable {
    /// The drawing's size in pixels.
    public let width, height: Double
    /// The frame in pixels from the upper left corner.
    public let left, right, top, bottom: Double
    /// The values at the left and the right edge.
    public let xLow, xHigh: Double
    /// The values at the lower and the upper edge.
    public let yLow, yHigh: Double

    init(_ chart: Chart) {
      (width, height) = (chart.svg.width, chart.svg.height)
      (left, right) = (chart.frame.left, chart.frame.right)
      (top, bottom) = (chart.frame.top, chart.frame.bottom)
      (xLow, xHigh) = (chart.horizontal.low, chart.horizontal.high)
      (yLow, yHigh) = (chart.vertical.low, chart.vertical.high)
    }
  }
}
