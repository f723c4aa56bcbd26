public import Records

extension Page {
  /// A row a row; what another run may find differently goes to the other page.
  mutating func add(_ query: QueryResult, times: inout Page) {
    guard query.isVolatile else {
      addRows(query)
      return
    }
    add(word(.seeTimes))
    times.addRows(query)
  }

  private mutating func addRows(_ query: QueryResult) {
    if query.rows.isEmpty {
      add(word(.noRows))
    } else {
      add(query.table(in: language))
    }
    guard query.total > query.rows.count else { return }
    let (shown, total) = (Format.count(query.rows.count), Format.count(query.total))
    add("\(word(.rowsShown)): \(shown) / \(total)")
  }
}

extension QueryResult {
  /// The rows as a table, each column in one unit.
  public func table() -> Table { table(in: .english) }

  func table(in language: Language) -> Table {
    let styles = columns.indices.map { index in
      QueryColumnStyle(columns[index].format, values: rows.map { $0[index] })
    }
    return Table(
      columns: zip(columns, styles).map { column, style in
        let title: Table.Cell =
          style.unit.map { .list([.code(column.name), .plain("(\($0))")]) } ?? .code(column.name)
        return style.isText ? .text(title) : .number(title)
      },
      rows: rows.map { row in zip(styles, row).map { $0.cell($1) } })
  }
}

/// How one column of a query is written: one unit for all of its values.
private struct QueryColumnStyle {
  let format: QueryResult.Format
  let isText: Bool
  let unit: String?
  private let hasSmallSizes: Bool
  private let hasFractions: Bool
  private let timeUnit: TimeUnit

  /// Longer texts are cut: a table is no place for them.
  private static let longestText = 200

  init(_ format: QueryResult.Format, values: [RecordedValue?]) {
    self.format = format
    isText =
      values.contains { if case .text = $0 { true } else { false } }
      || values.allSatisfy { $0 == nil }
    let sizes = values.compactMap { value -> Int? in
      if case .bytes(let bytes) = value { bytes } else { nil }
    }
    let times = values.compactMap { value -> Double? in
      if case .seconds(let seconds) = value { seconds } else { nil }
    }
    // Sizes far below a MiB would all be 0.00.
    hasSmallSizes = (sizes.map(\.magnitude).max() ?? 0) < 1 << 17
    hasFractions = values.contains { if case .number = $0 { true } else { false } }
    timeUnit = TimeUnit(fitting: times)
    unit =
      !sizes.isEmpty ? (hasSmallSizes ? "B" : "MiB") : !times.isEmpty ? timeUnit.symbol : nil
  }

  func cell(_ value: RecordedValue?) -> Table.Cell {
    switch value {
    case nil: "–"
    case .bytes(let bytes): .plain(hasSmallSizes ? Format.count(bytes) : Format.mebibytes(bytes))
    case .seconds(let seconds): .plain(timeUnit.text(seconds))
    case .count(let count):
      .plain(
        hasFractions ? number(Double(count)) : format == .exact ? "\(count)" : Format.count(count))
    case .number(let value): .plain(number(value))
    case .text(let text): .plain(shortened(text))
    }
  }

  private func number(_ value: Double) -> String {
    switch format {
    case .percent: Format.percent(value)
    case .exact: "\(value)"
    case .plain, .bytes, .seconds: Format.number(value)
    }
  }

  private func shortened(_ text: String) -> String {
    if ValueText.isDigest(text) { return Format.digest(text) }
    return text.count > Self.longestText ? text.prefix(Self.longestText) + "…" : text
  }
}
