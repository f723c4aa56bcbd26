import Records
import Reporting
import Runner

/// The table of `--sweep` while its points end, in any order.
struct SweepRows {
  private let sweep: ParameterSweep
  private let points: [ParameterSweep.Point]
  private var columns: [String]
  private var rows: [Int: SweepSummary.Row] = [:]

  /// - Parameter columns: the values that it shows; none are those that are usual for the first
  ///   point that runs.
  init(_ sweep: ParameterSweep, columns: [String]) {
    self.sweep = sweep
    self.columns = columns
    points = sweep.points
  }

  /// Adds a point that was run, unless others ended it before anything failed.
  mutating func add(_ report: RunReport, of point: Int) {
    if columns.isEmpty { columns = ParameterSweep.usualColumns(of: report) }
    let row = sweep.row(of: points[point], report, fault: nil, columns: columns)
    if row.failure != nil || !report.isCut { rows[point] = row }
  }

  /// Adds a point that can't be run.
  mutating func add(_ fault: RunFault, of point: Int) {
    rows[point] = sweep.row(of: points[point], nil, fault: fault, columns: columns)
  }

  /// The table, in the order of the points.
  var text: String {
    var table = sweep.table(columns: columns)
    table.rows = rows.sorted { $0.key < $1.key }.map { _, row in
      var row = row
      // Rows that came before the columns were known have no values at all.
      if row.values.isEmpty { row.values = columns.map { _ in nil } }
      return row
    }
    return table.table.terminalLines.joined(separator: "\n") + "\n"
  }
}
