import Records

/// The names of a plot's series above it, on as many lines as they need.
struct PlotLegend {
  private struct Entry {
    let index: Int
    let name: String
    let left: Double
    let top: Double
  }

  private let entries: [Entry]
  private let isOfLines: Bool
  /// Where the last line ends; below the title where there is none.
  let bottom: Double

  init(_ plot: PlotSummary) {
    isOfLines = plot.kind == .line
    guard plot.hasLegend else {
      (entries, bottom) = ([], 36)
      return
    }
    let left = 76.0
    var (x, top) = (left, 40.0)
    var entries: [Entry] = []
    for (index, series) in plot.series.enumerated() {
      let name = PlotAxis.shortened(series.name)
      let width = 22 + Chart.width(of: name) + 18
      if x > left, x + width > Double(plot.size.width) - 24 { (x, top) = (left, top + 18) }
      entries.append(Entry(index: index, name: name, left: x, top: top))
      x += width
    }
    self.entries = entries
    bottom = top + 10
  }

  func draw(in chart: inout Chart) {
    for entry in entries {
      if isOfLines {
        // A piece of the line itself, so that dashes are told apart too.
        let y = entry.top + 5
        chart.svg.path(
          PlotStyle.line(entry.index), "M\(px(entry.left)) \(px(y))H\(px(entry.left + 16))")
      } else {
        chart.svg.rectangle(
          PlotStyle.area(entry.index), x: entry.left + 3, y: entry.top, width: 10,
          height: 10, radius: 2)
      }
      chart.svg.text(entry.name, at: Point(x: entry.left + 22, y: entry.top + 9))
    }
  }
}
