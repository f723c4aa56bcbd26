import Records

extension Page {
  mutating func add(_ train: TrainSummary, of record: Record) {
    add(summary(train, of: record))
    let losses = record.metrics["loss"].flatMap { series -> String? in
      guard let first = series.first, let last = series.last else { return nil }
      return ": \(Format.number(first)) → \(Format.number(last))"
    }
    add(
      Figure.loss(of: record, language: language),
      description: "\(word(.lossFigure)) \(record.id)\(losses ?? "")")
    if let memory = record.memory { add(memory, of: record) }
    add(folded: .lossByStep, series(record.metrics))
    if let memory = record.memory { addDetails(memory) }
  }

  private func summary(_ train: TrainSummary, of record: Record) -> Table {
    let batch = train.contextLength.map { "\(train.batch) × \($0) \(word(.tokens))" }
    var rows: [[Table.Cell]] = [
      [.plain(word(.checkpoint)), .code(train.policy)],
      [.plain(word(.parameters)), .plain(Format.count(train.parameters))],
      [.plain(word(.batch)), .plain(batch ?? "\(train.batch)")],
      [.plain(word(.steps)), .plain(Format.count(train.steps))],
      [.plain(word(.epochs)), .plain(Format.fixed(train.epochs, decimals: 2))],
      [.plain(word(.optimizer)), .code(train.optimizer)],
      [.plain(word(.seed)), .plain("\(train.seed)")],
    ]
    if let precision = train.precision {
      rows.insert([.plain(word(.precision)), .code(precision)], at: 1)
    }
    for (name, series) in record.metrics.inOrder {
      guard let first = series.first, let last = series.last else { continue }
      rows.append([
        .list([.code(name), .plain(word(.firstToLast))]),
        .plain("\(Format.number(first)) → \(Format.number(last))"),
      ])
    }
    if let memory = record.memory {
      let peak = memory.measuredPeak ?? memory.plannedPeak
      rows.append([.plain(word(.peakMemory)), .strong(Format.size(peak))])
    }
    if let recompute = record.recompute {
      rows += [
        [.plain(word(.operationsRecomputed)), .plain(Format.count(recompute.operations))],
        [.plain(word(.flopsAdded)), .plain(Format.percent(recompute.flopsFraction))],
      ]
      if train.hasEqualReplay == true {
        rows.append([.plain(word(.replay)), .plain(word(.equalBits))])
      }
      if let useless = uselessSegments(recompute) {
        rows.append([.plain(word(.uselessSegments)), useless])
      }
    }
    rows += record.digest.sorted { $0.key < $1.key }.map { digestRow($0.key, $0.value) }
    return Table(
      columns: [.text(.plain(word(.quantity))), .number(.plain(word(.value)))], rows: rows)
  }

  /// The segments that lower no peak, and the work that they add; nil where there are none.
  func uselessSegments(_ recompute: RecomputeRecord) -> Table.Cell? {
    guard let segments = recompute.uselessSegments else { return nil }
    let shown = segments.prefix(4).map { Table.Cell.code($0) }
    let more: [Table.Cell] = segments.count > 4 ? [.plain("… (\(segments.count))")] : []
    let added = Table.Cell.plain("+\(Format.percent(recompute.uselessFlopsFraction ?? 0))")
    return .list(shown + more + [added])
  }

  /// About ten of the recorded steps, first and last included, a column a metric.
  private func series(_ metrics: [String: MetricSeries]) -> Table {
    let metrics = metrics.inOrder
    let steps = Set(metrics.flatMap { $0.series.points.map(\.step) }).sorted()
    let values = metrics.map { metric in
      Dictionary(metric.series.points.map { ($0.step, $0.value) }, uniquingKeysWith: { $1 })
    }
    let rows = steps.thinned(to: 10).map { step -> [Table.Cell] in
      [.plain(Format.count(step))]
        + values.map { .plain($0[step].map(Format.number) ?? "") }
    }
    return Table(
      columns: [.number(.plain(word(.step)))] + metrics.map { .number(.code($0.name)) }, rows: rows)
  }
}

extension [String: MetricSeries] {
  /// The loss first, then by name.
  fileprivate var inOrder: [(name: String, series: MetricSeries)] {
    sorted { ($0.key == "loss" ? 0 : 1, $0.key) < ($1.key == "loss" ? 0 : 1, $1.key) }
      .map { ($0.key, $0.value) }
  }
}

extension [Int] {
  /// At most `count` elements, evenly spread, the first and the last among them.
  fileprivate func thinned(to count: Int) -> [Int] {
    guard self.count > count else { return self }
    return (0..<count).map { self[$0 * (self.count - 1) / (count - 1)] }
  }
}
