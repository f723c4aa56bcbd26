public import Records

extension Figure {
  /// The losses of a run over its steps; nil where fewer than two points are finite.
  ///
  /// Series are those called `loss` or ending in `.loss`; values that are not finite leave a gap.
  /// Long series are thinned to what the pixels show, the lowest and the highest values among it.
  public static func loss(of record: Record, language: Language = .english) -> Figure? {
    let series = record.metrics
      .filter { $0.key == "loss" || $0.key.hasSuffix(".loss") }
      .sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }
      .prefix(FigureStyle.series.count)
    let points = series.flatMap(\.value.points).filter(\.value.isFinite)
    guard points.count > 1, let low = points.map(\.value).min(),
      let high = points.map(\.value).max()
    else { return nil }
    let steps = points.map(\.step)
    var chart = Chart(
      title: "\(Phrase.lossFigure.text(in: language)) \(record.id)",
      horizontal: stepAxis(steps, language),
      vertical: valueAxis(low, high, title: Phrase.loss.text(in: language)))
    var legend: [(style: String, name: String)] = []
    for ((name, values), style) in zip(series, FigureStyle.series) {
      chart.draw(values, style: style)
      legend.append(("f-\(style)", name))
    }
    chart.drawLegend(legend)
    return Figure(
      cell: record.id,
      contents: chart.svg.document(title: "\(Phrase.lossFigure.text(in: language)) \(record.id)"),
      scale: Scale(chart))
  }

  private static func stepAxis(_ steps: [Int], _ language: Language) -> Chart.Axis {
    let low = Double(steps.min() ?? 0)
    let high = Double(steps.max() ?? 1)
    return Chart.Axis(
      title: Phrase.step.text(in: language), low: low, high: max(high, low + 1), isWhole: true)
  }

  private static func valueAxis(_ low: Double, _ high: Double, title: String) -> Chart.Axis {
    let margin = max((high - low) * 0.06, abs(high) * 1e-6, 1e-9)
    return Chart.Axis(title: title, low: low - margin, high: high + margin)
  }
}

extension Chart {
  /// Draws a series as a line, with a dot for each value where they are few.
  fileprivate mutating func draw(_ series: MetricSeries, style: String) {
    let points = series.points
    var commands = ""
    var next = 0
    for position in points.map(\.value).drawnPositions(most: 2 * Int(Chart.width)) {
      let isAfterGap = points[next..<position].contains { !$0.value.isFinite }
      let isJoined = !commands.isEmpty && !isAfterGap
      let point = point(Double(points[position].step), points[position].value)
      commands += "\(isJoined ? "L" : "M")\(px(point.x)) \(px(point.y))"
      next = position + 1
    }
    svg.path("line \(style)", commands)
    guard points.count <= 40 else { return }
    for value in points where value.value.isFinite {
      svg.circle("f-\(style)", at: point(Double(value.step), value.value), radius: 2.6)
    }
  }
}
