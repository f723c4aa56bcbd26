extension KeyFields {
  /// Adds what a plot shows and how.
  mutating func add(_ plot: PlotCell) {
    add("kind", plot.kind.rawValue)
    switch plot.source {
    case .query: break
    case .sql(let sql, let scope, let cells):
      add("sql", sql.text)
      add("scope", scope.rawValue)
      add("cells", cells)
    case .series(let cells, let metrics):
      add("cells", cells)
      add("metric", metrics.map(\.text))
    case .values(let cells): add("cells", cells)
    }
    if let x = plot.x { add("x", x.text) }
    add("y", plot.y.map(\.text))
    if let series = plot.series { add("series", series.text) }
    add("log", plot.logarithmic.map(\.rawValue).sorted())
    let texts = [("title", plot.title), ("x_label", plot.xLabel), ("y_label", plot.yLabel)]
    for (name, text) in texts { if let text { add(name, text) } }
    add("size", plot.size.map { "\($0)" })
    if let hasLegend = plot.hasLegend { add("legend", hasLegend) }
  }
}
