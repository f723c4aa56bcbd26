import Experiment
import Records

extension PlotSummary {
  /// Lays a table's values along axes.
  init(_ table: PlotTable, _ body: PlotCell) throws(PlotFault) {
    let kind = Kind(rawValue: body.kind.rawValue) ?? .line
    let categories = Self.categories(table.rows.compactMap(\.x), isBar: kind == .bar)
    self.init(
      kind: kind, title: body.title ?? "\(table.y) by \(table.x)",
      x: Axis(
        title: body.xLabel ?? table.x, format: Self.format(table.rows.map(\.x), table.xFormat),
        isLogarithmic: body.logarithmic.contains(.x) && categories == nil,
        categories: categories),
      y: Axis(
        title: body.yLabel ?? table.y, format: Self.format(table.rows.map(\.y), table.yFormat),
        isLogarithmic: body.logarithmic.contains(.y)),
      series: [], size: Size(width: body.size[0], height: body.size[1]), omitted: table.omitted,
      isVolatile: table.isVolatile)
    try add(table.rows, title: table.y)
    hasLegend = body.hasLegend ?? (series.count > 1)
    if kind == .line, categories == nil {
      for index in series.indices { series[index].points.sort { $0.x < $1.x } }
    }
  }

  private mutating func add(_ rows: [PlotTable.Row], title: String) throws(PlotFault) {
    var positions: [String: Int] = [:]
    let places = Dictionary(
      (x.categories ?? []).enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for row in rows {
      if case .text(let text)? = row.y { throw .notNumbers(title, found: String(text.prefix(40))) }
      let position = positions[row.series] ?? series.count
      if position == series.count {
        positions[row.series] = position
        series.append(Series(name: row.series, points: []))
      }
      let place =
        x.categories == nil
        ? row.x?.number : row.x.flatMap { places[$0.categoryText] }.map(Double.init)
      guard let place, let value = row.y?.number, isShown(place, on: x), isShown(value, on: y)
      else {
        omitted += 1
        continue
      }
      series[position].points.append(Point(x: place, y: value))
    }
    guard series.count <= Self.mostSeries else {
      throw .tooManySeries(series.count, most: Self.mostSeries)
    }
  }

  /// The most series that colours and dashes tell apart.
  private static let mostSeries = 16

  private func isShown(_ value: Double, on axis: Axis) -> Bool {
    value.isFinite && (!axis.isLogarithmic || value > 0)
  }

  /// The names along an axis: of bars always, else where something is no number.
  private static func categories(_ values: [RecordedValue], isBar: Bool) -> [String]? {
    let isNumeric = values.allSatisfy { $0.number != nil }
    guard isBar || !isNumeric else { return nil }
    let ordered = isNumeric ? values.sorted { ($0.number ?? 0) < ($1.number ?? 0) } : values
    var seen: Set<String> = []
    return ordered.map(\.categoryText).filter { seen.insert($0).inserted }
  }

  private static func format(
    _ values: [RecordedValue?], _ written: QueryResult.Format
  ) -> QueryResult.Format {
    switch values.lazy.compactMap(\.self).first {
    case .bytes: .bytes
    case .seconds: .seconds
    default: written
    }
  }
}

extension RecordedValue {
  /// The value as a number; nil for text.
  var number: Double? {
    switch self {
    case .bytes(let count), .count(let count): Double(count)
    case .number(let number), .seconds(let number): number
    case .text: nil
    }
  }

  /// The value as a name along an axis.
  fileprivate var categoryText: String {
    if case .number(let number) = self, let whole = Int(exactly: number) { return "\(whole)" }
    return exactText
  }
}
