public import Records

extension Figure {
  /// Live memory over a step of several cells, one line each, their peaks marked.
  ///
  /// The axis counts operations, so that a policy that computes again is as much longer as it is
  /// slower in operations. Of more cells than there are colours the first ones are drawn. nil for
  /// fewer than two cells.
  public static func memory(
    comparing comparison: ComparisonSummary, of record: Record, language: Language = .english
  ) -> Figure? {
    let curves = (comparison.curves ?? []).prefix(FigureStyle.series.count)
    let bytes = curves.flatMap(\.bytes)
    guard curves.count > 1, let highest = bytes.max(), highest > 0,
      let longest = curves.map(\.operations).max()
    else { return nil }
    let title = "\(Phrase.comparedMemory.text(in: language)) \(record.id)"
    let legend = zip(curves, FigureStyle.series).map {
      (style: "f-\($1)", name: "\($0.cell) \($0.peakText)")
    }
    var frame = Chart.Frame()
    frame.top += Double(Chart.legendRows(legend).count - 1) * Chart.legendRowHeight
    var chart = Chart(
      title: title,
      horizontal: Chart.Axis(
        title: Phrase.operation.text(in: language), low: 0, high: Double(longest), isWhole: true),
      vertical: Chart.Axis(
        title: "\(Phrase.memoryAxis.text(in: language)) (MiB)", low: 0,
        high: Double(highest) / 1_048_576 * 1.12),
      frame: frame)
    for (curve, style) in zip(curves, FigureStyle.series) { chart.draw(curve, style: style) }
    chart.drawLegend(legend)
    return Figure(cell: record.id, contents: chart.svg.document(title: title))
  }
}

extension ComparisonSummary.Curve {
  fileprivate var peakText: String { Format.size(bytes.max() ?? 0) }
}

extension Chart {
  /// Draws a curve as steps, and a dot where it is highest.
  fileprivate mutating func draw(_ curve: ComparisonSummary.Curve, style: String) {
    guard let peak = curve.bytes.max(), let top = curve.bytes.firstIndex(of: peak) else { return }
    let width = Double(curve.operations) / Double(curve.bytes.count)
    var commands = ""
    var current = ""
    for (index, bytes) in curve.bytes.enumerated() {
      let height = px(y(Double(bytes) / 1_048_576))
      guard height != current else { continue }
      let start = px(x(Double(index) * width))
      commands += current.isEmpty ? "M\(start) \(height)" : "H\(start)V\(height)"
      current = height
    }
    svg.path("line \(style)", commands + "H\(px(x(Double(curve.operations))))")
    svg.circle(
      "f-\(style)", at: point((Double(top) + 0.5) * width, Double(peak) / 1_048_576), radius: 3.5)
  }
}
