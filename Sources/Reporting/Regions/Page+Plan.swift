import Records

extension Page {
  /// A row a policy, with the ratio of its peak to the first one's, and the frontier.
  mutating func add(_ plan: PlanSummary, of record: Record) {
    var table = Table(columns: [
      .text(.plain(word(.policy))), .number("\(word(.peak)) (MiB)"),
      .number(.plain(word(.ratio))), .number("\(word(.reserved)) (MiB)"),
      .number("\(word(.kept)) (MiB)"), .number(.plain(word(.recomputed))),
      .number(.plain(word(.added))),
    ])
    let first = Double(plan.rows.first?.memory.plannedPeak ?? 0)
    for row in plan.rows {
      table.rows.append([
        .code(row.policy), .plain(Format.mebibytes(row.memory.plannedPeak)),
        .plain(Format.ratio(Double(row.memory.plannedPeak), to: first)),
        .plain(Format.mebibytes(row.memory.reserved)), .plain(Format.mebibytes(row.memory.kept)),
        .plain(Format.count(row.recompute.operations)),
        .plain(Format.percent(row.recompute.flopsFraction)),
      ])
    }
    add(table)
    let policies = plan.rows.map {
      "\($0.policy) \(Format.size($0.memory.plannedPeak)) "
        + "+\(Format.percent($0.recompute.flopsFraction))"
    }
    add(
      Figure.frontier(of: record, language: language),
      description: "\(word(.frontierFigure)) \(record.id): \(policies.joined(separator: ", "))")
  }
}
