import Records
import Reporting

extension SweepSummary {
  /// The points for a terminal, values in full.
  var table: Table {
    Table(
      columns: axes.map { .text(.code($0)) } + columns.map { .number(.code($0)) } + [
        .text("error")
      ],
      rows: rows.map { row in
        row.coordinates.map { .plain($0) }
          + row.values.map { .plain($0?.shownExactly ?? "–") }
          + [.plain(row.failure?.message ?? "")]
      })
  }
}
