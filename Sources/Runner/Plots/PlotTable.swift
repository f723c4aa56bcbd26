import Experiment
import Records

/// The values of a plot before they are laid along axes.
struct PlotTable {
  /// What is along the axes, in words.
  var x: String
  var y: String
  var xFormat = QueryResult.Format.plain
  var yFormat = QueryResult.Format.plain
  /// The points; a missing value is no point.
  var rows: [Row] = []
  /// Rows that a limit left out.
  var omitted = 0
  var isVolatile = false

  struct Row {
    var series: String
    var x: RecordedValue?
    var y: RecordedValue?
  }

  /// The most points of a plot.
  static let mostRows = 10_000
}

extension PlotTable {
  /// The rows of a query's result, by the names of columns.
  init(_ result: QueryResult, _ body: PlotCell) throws(PlotFault) {
    let names = result.columns.map(\.name)
    func index(_ name: String) throws(PlotFault) -> Int {
      guard let index = names.firstIndex(of: name) else { throw .noColumn(name, known: names) }
      return index
    }
    let chosen = try PlotColumns(body, of: names)
    let x = try index(chosen.x)
    let series = try chosen.series.map(index)
    self.init(x: chosen.x, y: chosen.y.joined(separator: ", "))
    xFormat = result.columns[x].format
    for name in chosen.y {
      let y = try index(name)
      yFormat = result.columns[y].format
      rows += result.rows.map { row in
        let group = series.map { row[$0]?.exactText ?? "–" }
        let label = chosen.y.count == 1 ? group ?? name : group.map { "\($0) \(name)" } ?? name
        return Row(series: label, x: row[x], y: row[y])
      }
    }
    omitted = (result.total - result.rows.count) * chosen.y.count
    isVolatile = result.isVolatile
  }

  /// Series of cells over their steps.
  init(_ records: [Record], metrics: [String]) {
    self.init(x: "step", y: metrics.joined(separator: ", "))
    for record in records {
      for metric in metrics {
        let label =
          metrics.count == 1
          ? record.id : records.count == 1 ? metric : "\(record.id) \(metric)"
        rows += (record.metrics[metric]?.points ?? []).map {
          Row(series: label, x: .count($0.step), y: .number($0.value))
        }
      }
    }
  }

  /// A point for each cell, by the names of its values and settings.
  init(_ cells: [PlottedCell], _ body: PlotCell) {
    let names = body.y.map(\.text)
    self.init(x: body.x?.text ?? "cell", y: names.joined(separator: ", "))
    for name in names {
      for cell in cells {
        let group = body.series.map { cell.value($0.text)?.exactText ?? "–" }
        let label = names.count == 1 ? group ?? name : group.map { "\($0) \(name)" } ?? name
        rows.append(
          Row(
            series: label, x: body.x.map { cell.value($0.text) } ?? .text(cell.record.id),
            y: cell.value(name)))
      }
    }
    isVolatile = rows.contains { row in
      if case .seconds = row.x { true } else if case .seconds = row.y { true } else { false }
    }
  }
}

/// The columns of a query that a plot takes: named ones, else the first, and the next for y.
struct PlotColumns {
  let x: String
  let y: [String]
  let series: String?

  init(_ body: PlotCell, of columns: [String]) throws(PlotFault) {
    series = body.series?.text
    let named = body.y.map(\.text) + [body.series?.text, body.x?.text].compactMap(\.self)
    let free = columns.filter { !named.contains($0) }
    guard let x = body.x?.text ?? free.first else { throw .tooFewColumns(columns.count) }
    self.x = x
    if body.y.isEmpty {
      guard let next = free.first(where: { $0 != x }) else { throw .tooFewColumns(columns.count) }
      y = [next]
    } else {
      y = body.y.map(\.text)
    }
  }
}

/// A cell whose values and settings a plot shows.
struct PlottedCell {
  let record: Record
  let settings: [KeyPart]

  /// A recorded value by its dotted name, or a setting by its name or the last part of it.
  func value(_ name: String) -> RecordedValue? {
    if name == "cell" { return .text(record.id) }
    if let value = record.value(name) { return value }
    let setting =
      settings.first { $0.name == name } ?? settings.first { $0.name.hasSuffix(".\(name)") }
    return setting.map { setting in
      Int(setting.value).map { .count($0) } ?? Double(setting.value).map { .number($0) }
        ?? .text(setting.value)
    }
  }
}
