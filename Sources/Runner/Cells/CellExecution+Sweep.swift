import Experiment
import Records

extension CellExecution {
  /// Gathers the points of a sweep: their values, or why they failed.
  func gather(_ body: SweepCell, into record: inout Record) {
    record.output = .sweep(
      SweepSummary(
        axes: body.axes, columns: body.columns,
        rows: body.points.map { point in
          let found = records[point.id]
          return SweepSummary.Row(
            cell: point.id, coordinates: point.coordinates.map(\.value),
            values: body.columns.map { found?.value($0) },
            failure: failures[point.id] ?? found?.failure)
        }))
  }
}

extension SweepSummary {
  /// The points for programs.
  var json: JSONValue {
    .object([
      ("axes", .strings(axes)), ("show", .strings(columns)),
      (
        "rows",
        .array(
          rows.map { row in
            let coordinates = zip(axes, row.coordinates).map { ($0, JSONValue.string($1)) }
            let values = zip(columns, row.values).map { ($0, $1?.json ?? .null) }
            return .object(
              [("cell", .string(row.cell))] + coordinates + values
                + [("error", .optional(row.failure?.message))])
          })
      ),
    ])
  }
}
