import Records

extension Page {
  /// A row a point, with its cause where it failed; times go to the other page.
  mutating func add(_ sweep: SweepSummary, times: inout Page) {
    let indices = sweep.columns.indices
    let isTime = indices.map { index in
      sweep.rows.contains {
        $0.values.indices.contains(index) && $0.values[index]?.isVolatile == true
      }
        || sweep.columns[index].hasPrefix("timing.")
    }
    var table = table(sweep, columns: indices.filter { !isTime[$0] })
    if sweep.failed > 0 {
      table.columns.append(.text(.plain(word(.error))))
      for (row, point) in sweep.rows.enumerated() {
        table.rows[row].append(point.failure.map { .plain(Self.text(of: $0)) } ?? "")
      }
    }
    add(table)
    let timeColumns = indices.filter { isTime[$0] && hasValue(sweep, $0) }
    if !timeColumns.isEmpty { times.add(self.table(sweep, columns: timeColumns)) }
  }

  private func hasValue(_ sweep: SweepSummary, _ column: Int) -> Bool {
    sweep.rows.contains { $0.values.indices.contains(column) && $0.values[column] != nil }
  }

  private static func text(of failure: FailureRecord) -> String {
    "\(FailureText.cleaned(failure.code)): \(FailureText.cleaned(failure.message))"
  }

  private func table(_ sweep: SweepSummary, columns: [Int]) -> Table {
    var table = Table(columns: [], rows: sweep.rows.map { _ in [] })
    for (index, axis) in sweep.axes.enumerated() {
      let values = sweep.rows.map {
        $0.coordinates.indices.contains(index) ? $0.coordinates[index] : ""
      }
      let isNumeric = values.allSatisfy { Double($0) != nil }
      table.columns.append(isNumeric ? .number(.code(axis)) : .text(.code(axis)))
      for row in values.indices { table.rows[row].append(.plain(values[row])) }
    }
    for index in columns {
      let column = sweep.rows.map { $0.values.indices.contains(index) ? $0.values[index] : nil }
      let name = sweep.columns[index]
      let style = ColumnStyle(column.compactMap(\.self), isFraction: name.hasSuffix("_fraction"))
      let title = Phrase(value: name).map { Table.Cell.plain(word($0)) }
      table.columns.append(style.column(title ?? .code(name)))
      for row in column.indices { table.rows[row].append(style.cell(column[row])) }
    }
    return table
  }
}
