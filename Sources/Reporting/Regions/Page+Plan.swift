import Records

extension Page {
  /// A row a policy, with the ratio of its peak to the first one's; what fits; the frontier.
  mutating func add(_ plan: PlanSummary, of record: Record) {
    add(policies(of: plan))
    add(unmet(plan))
    add(useless(plan))
    add(fitting(plan))
    let policies = plan.rows.map {
      "\($0.policy) \(Format.size($0.memory.plannedPeak)) "
        + "+\(Format.percent($0.recompute.flopsFraction))"
    }
    add(
      Figure.frontier(of: record, language: language),
      description: "\(word(.frontierFigure)) \(record.id): \(policies.joined(separator: ", "))")
    addFrontier(plan)
    addTensors(plan.rows)
  }

  private func policies(of plan: PlanSummary) -> Table {
    var table = Table(columns: [
      .text(.plain(word(.policy))), .number("\(word(.peak)) (MiB)"),
      .number(.plain(word(.ratio))), .number("\(word(.reserved)) (MiB)"),
      .number("\(word(.kept)) (MiB)"), .number(.plain(word(.recomputed))),
      .number(.plain(word(.added))),
    ])
    if plan.usesDisk { table.columns.append(.number("\(word(.onDisk)) (MiB)")) }
    let hasBatches = plan.rows.contains { $0.largestBatch != nil }
    if hasBatches { table.columns.append(.number(.plain(word(.largestBatch)))) }
    let first = Double(plan.rows.first?.memory.plannedPeak ?? 0)
    for row in plan.rows {
      table.rows.append([
        .code(row.policy), .plain(Format.mebibytes(row.memory.plannedPeak)),
        .plain(Format.ratio(Double(row.memory.plannedPeak), to: first)),
        .plain(Format.mebibytes(row.memory.reserved)), .plain(Format.mebibytes(row.memory.kept)),
        .plain(Format.count(row.recompute.operations)),
        .plain(Format.percent(row.recompute.flopsFraction)),
      ])
      if plan.usesDisk {
        table.rows[table.rows.count - 1].append(.plain(Format.mebibytes(row.memory.disk ?? 0)))
      }
      guard hasBatches else { continue }
      let batch = row.largestBatch.map { $0 > 0 ? Format.count($0) : "–" }
      table.rows[table.rows.count - 1].append(.plain(batch ?? "–"))
    }
    return table
  }

  /// The budgets that no plan meets, with what the smallest one reserves.
  private func unmet(_ plan: PlanSummary) -> Table {
    let rows = plan.rows.filter { $0.unmetBudget != nil }
    guard !rows.isEmpty else { return Table(columns: []) }
    return Table(
      columns: [.text(.plain(word(.unmetBudget))), .number("\(word(.reserved)) (MiB)")],
      rows: rows.map { [.code($0.policy), .plain(Format.mebibytes($0.memory.reserved))] })
  }

  /// The segments of each policy that lower no peak.
  private func useless(_ plan: PlanSummary) -> Table {
    let rows = plan.rows.compactMap { row -> [Table.Cell]? in
      uselessSegments(row.recompute).map { [.code(row.policy), $0] }
    }
    guard !rows.isEmpty else { return Table(columns: []) }
    return Table(
      columns: [.text(.plain(word(.policy))), .text(.plain(word(.uselessSegments)))], rows: rows)
  }

  /// The planner's answers: the least that a step needs, and the fastest way within the limit.
  private func fitting(_ plan: PlanSummary) -> Table {
    var table = wayTable(title: .planner, usesDisk: plan.usesDisk)
    if let smallest = plan.smallest {
      table.rows.append([.plain(word(.smallestBudget))] + cells(smallest, usesDisk: plan.usesDisk))
    }
    if let limit = plan.limit, let way = plan.ways?.first(where: { $0.reserved <= limit }) {
      table.rows.append(
        [.plain("\(word(.fastestWithin)) \(Format.size(limit))")]
          + cells(way, usesDisk: plan.usesDisk))
    }
    return table.rows.isEmpty ? Table(columns: []) : table
  }

  private mutating func addFrontier(_ plan: PlanSummary) {
    var table = wayTable(title: nil, usesDisk: plan.usesDisk)
    table.rows = (plan.ways ?? []).map { cells($0, usesDisk: plan.usesDisk) }
    add(folded: .frontierTable, table)
  }

  private func wayTable(title: Phrase?, usesDisk: Bool) -> Table {
    Table(
      columns: (title.map { [.text(.plain(word($0)))] } ?? []) + [
        .text(.plain(word(.policy))), .number("\(word(.peak)) (MiB)"),
        .number("\(word(.reserved)) (MiB)"), .number(.plain(word(.added))),
      ] + (usesDisk ? [.number("\(word(.onDisk)) (MiB)")] : []))
  }

  private func cells(_ way: PlanSummary.Way, usesDisk: Bool) -> [Table.Cell] {
    [
      .code(way.policy), .plain(Format.mebibytes(way.peak)),
      .plain(Format.mebibytes(way.reserved)), .plain(Format.percent(way.flopsFraction)),
    ] + (usesDisk ? [.plain(Format.mebibytes(way.disk ?? 0))] : [])
  }

  /// Where each policy has its peak, and the largest tensors there.
  private mutating func addTensors(_ rows: [PlanSummary.Row]) {
    var table = Table(columns: [
      .text(.plain(word(.policy))), .text(.plain(word(.peakReachedInShort))),
      .text(.plain(word(.tensor))), .number("MiB"),
    ])
    for row in rows {
      for (index, tensor) in row.memory.largest.prefix(5).enumerated() {
        table.rows.append([
          index == 0 ? .code(row.policy) : "",
          index == 0 ? .code(row.memory.peakOperation) : "",
          .code(tensor.name), .plain(Format.mebibytes(tensor.bytes)),
        ])
      }
    }
    add(folded: .largestTensors, table)
  }
}
