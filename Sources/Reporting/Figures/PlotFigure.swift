public import Records

extension Figure {
  /// A plot of recorded values; nil where there is nothing to draw.
  public static func plot(of record: Record) -> Figure? {
    guard case .plot(var plot) = record.output else { return nil }
    plot.series = plot.series.map { [plot] series in
      .init(name: series.name, points: series.points.filter(plot.draws))
    }
    guard plot.series.contains(where: { !$0.points.isEmpty }) else { return nil }
    let drawing = PlotDrawing(plot)
    return Figure(
      cell: record.id,
      contents: drawing.chart.svg.document(title: plot.title, sheet: PlotStyle.sheet))
  }
}

/// A plot on its way to a chart: units chosen, axes laid out, points drawn.
private struct PlotDrawing {
  let plot: PlotSummary
  let horizontal: PlotAxis
  let vertical: PlotAxis
  var chart: Chart

  init(_ plot: PlotSummary) {
    self.plot = plot
    let points = plot.series.flatMap(\.points)
    horizontal = PlotAxis(plot.x, values: points.map(\.x))
    vertical = PlotAxis(
      plot.y, values: points.map(\.y), fromZero: plot.kind == .bar)
    let legend = PlotLegend(plot)
    let width = Double(plot.size.width)
    var frame = Chart.Frame()
    frame.right = width - 24
    frame.top = legend.bottom + 14
    // Names that stand slanted need room below the axis, as much as the longest one is high.
    let longest = (plot.x.categories ?? []).map(Chart.width(of:)).max() ?? 0
    let slants = horizontal.axis.slantsLabels(in: frame)
    frame.foot = slants ? 50 + min(longest, 260) / 2 : 56
    frame.titleDrop = frame.foot - 14
    if slants { frame.left = max(frame.left, min(longest, 260) * 0.87 - 20) }
    frame.bottom = max(frame.top + 80, Double(plot.size.height) - frame.foot)
    chart = Chart(
      title: plot.title, horizontal: horizontal.axis, vertical: vertical.axis, frame: frame,
      width: width)
    legend.draw(in: &chart)
    switch plot.kind {
    case .line: drawLines()
    case .scatter: drawDots()
    case .bar: drawBars()
    }
  }

  private func point(_ point: PlotSummary.Point) -> Point {
    chart.point(horizontal.shown(point.x), vertical.shown(point.y))
  }

  private mutating func drawLines() {
    for (index, series) in plot.series.enumerated() {
      let all = series.points.map(point)
      let points = all.map(\.y).drawnPositions(most: 2 * plot.size.width).map { all[$0] }
      let commands = points.enumerated().map { "\($0 == 0 ? "M" : "L")\(px($1.x)) \(px($1.y))" }
      chart.svg.path(PlotStyle.line(index), commands.joined())
      guard points.count <= 40 else { continue }
      for point in points {
        chart.svg.circle(PlotStyle.area(index), at: point, radius: 2.6)
      }
    }
  }

  private mutating func drawDots() {
    for (index, series) in plot.series.enumerated() {
      for place in series.points.map(point) {
        chart.svg.circle(PlotStyle.area(index), at: place, radius: 4)
      }
    }
  }

  /// Bars of a name stand side by side; where they are few, their values stand above them.
  private mutating func drawBars() {
    let slot = chart.x(1) - chart.x(0)
    let count = Double(max(plot.series.count, 1))
    let width = min(slot * 0.8 / count, 64)
    let total = plot.series.map(\.points.count).reduce(0, +)
    let ground = chart.y(vertical.axis.scale.isLogarithmic ? vertical.axis.low : 0)
    for (index, series) in plot.series.enumerated() {
      for bar in series.points {
        let place = point(bar)
        let left = place.x + (Double(index) - count / 2) * width
        chart.svg.rectangle(
          PlotStyle.area(index), x: left + 1, y: min(place.y, ground),
          width: max(width - 2, 1), height: max(abs(ground - place.y), 0.5), radius: 1)
        let label = vertical.label(bar.y)
        guard total <= 24, Chart.width(of: label) < width + 14 else { continue }
        chart.svg.text(
          label, at: Point(x: left + width / 2, y: min(place.y, ground) - 5), anchor: .middle,
          style: "label")
      }
    }
  }
}

extension PlotSummary {
  /// Whether a point can be drawn: beyond these bounds differences and ratios overflow.
  fileprivate func draws(_ point: Point) -> Bool {
    zip([point.x, point.y], [x, y]).allSatisfy { value, axis in
      value.magnitude < 1e150 && (!axis.isLogarithmic || value > 1e-150)
    }
  }
}

extension AxisScale {
  var isLogarithmic: Bool { if case .logarithmic = self { true } else { false } }
}
