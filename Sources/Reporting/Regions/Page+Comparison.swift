import Records

extension Page {
  /// A row a cell and a column a value; times go to the other page.
  mutating func add(_ comparison: ComparisonSummary, of record: Record, times: inout Page) {
    let indices = comparison.columns.indices
    let isTime = indices.map { index in
      comparison.rows.contains { $0.value(index)?.isVolatile == true }
    }
    add(table(comparison, columns: indices.filter { !isTime[$0] }))
    times.add(table(comparison, columns: indices.filter { isTime[$0] }))
    add(certificates(comparison.certificates ?? []))
    let peaks = (comparison.curves ?? []).map { curve in
      "\(curve.cell) \(Format.size(curve.bytes.max() ?? 0))"
    }
    add(
      Figure.memory(comparing: comparison, of: record, language: language),
      description: "\(word(.comparedMemory)) \(record.id): \(peaks.joined(separator: ", "))")
  }

  /// What policies of one setup gave: equal digests, or that they differ.
  private func certificates(_ certificates: [ComparisonSummary.Certificate]) -> Table {
    guard !certificates.isEmpty else { return Table(columns: []) }
    func verdict(_ digest: String?) -> Table.Cell {
      digest.map { .list([.plain(word(.equalBits)), .code(String($0.prefix(12)))]) }
        ?? .strong(word(.differentBits))
    }
    var table = Table(
      columns: [
        .text(.plain(word(.policiesOfOneSetup))), .text(.plain(word(.lossesOfAllSteps))),
        .text(.plain(word(.trainedWeights))),
      ],
      rows: certificates.map { certificate in
        [
          .list(zip(certificate.cells, certificate.policies).map { .code("\($0) \($1)") }),
          verdict(certificate.losses), verdict(certificate.weights),
        ]
      })
    // Records of earlier versions tell no gradients.
    guard certificates.contains(where: { $0.tellsGradients == true }) else { return table }
    table.columns.append(.text(.plain(word(.lastGradients))))
    for (row, certificate) in certificates.enumerated() {
      let tells = certificate.tellsGradients == true
      table.rows[row].append(tells ? verdict(certificate.gradients) : .plain("–"))
    }
    return table
  }

  private func table(_ comparison: ComparisonSummary, columns: [Int]) -> Table {
    var table = Table(columns: [.text(.plain(word(.cell)))])
    guard !columns.isEmpty else { return table }
    table.rows = comparison.rows.map {
      [.list([.code($0.cell)] + ($0.cell == comparison.baseline ? [.plain("●")] : []))]
    }
    let baseline = comparison.rows.first { $0.cell == comparison.baseline }
    for index in columns {
      let column = comparison.rows.map { $0.value(index) }
      let style = ColumnStyle(column.compactMap(\.self))
      let title = Phrase(value: comparison.columns[index]).map { Table.Cell.plain(word($0)) }
      table.columns.append(style.column(title ?? .code(comparison.columns[index])))
      for row in column.indices { table.rows[row].append(style.cell(column[row])) }
      guard style.hasRatios, let base = baseline?.value(index)?.number else { continue }
      table.columns.append(.number(.plain(word(.ratio))))
      for row in column.indices {
        let ratio = column[row]?.number.map { Format.ratio($0, to: base) }
        table.rows[row].append(.plain(ratio ?? "–"))
      }
    }
    return table
  }
}

extension ComparisonSummary.Row {
  fileprivate func value(_ index: Int) -> RecordedValue? {
    values.indices.contains(index) ? values[index] : nil
  }
}

/// How the values of one column of a comparison are written: one unit for all of them.
struct ColumnStyle {
  private let values: [RecordedValue]
  /// Whether numbers are fractions, written as per cent.
  private let isFraction: Bool
  private let unit: TimeUnit

  init(_ values: [RecordedValue], isFraction: Bool = false) {
    self.values = values
    self.isFraction = isFraction
    unit = TimeUnit(
      fitting: values.compactMap { value in
        if case .seconds(let seconds) = value { seconds } else { nil }
      })
  }

  /// Ratios say something about sizes, times and differing counts; not about losses and names.
  var hasRatios: Bool {
    switch values.first {
    case .bytes, .seconds: true
    case .count: Set(values.compactMap(\.number)).count > 1
    case .number, .text, nil: false
    }
  }

  func column(_ title: Table.Cell) -> Table.Column {
    switch values.first {
    case .bytes: .number(title.with(unit: "MiB"))
    case .seconds: .number(title.with(unit: unit.symbol))
    case .count, .number: .number(title)
    case .text, nil: .text(title)
    }
  }

  func cell(_ value: RecordedValue?) -> Table.Cell {
    switch value {
    case .bytes(let bytes): .plain(Format.mebibytes(bytes))
    case .seconds(let seconds): .plain(unit.text(seconds))
    case .number(let fraction) where isFraction: .plain(Format.percent(fraction))
    case .count, .number, .text: value.map(ValueText.described) ?? "–"
    case nil: "–"
    }
  }
}

extension Table.Cell {
  /// A title with a unit behind it.
  fileprivate func with(unit: String) -> Table.Cell { .list([self, .plain("(\(unit))")]) }
}
