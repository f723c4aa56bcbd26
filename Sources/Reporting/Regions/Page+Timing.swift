import Records

extension Page {
  /// Where a step's time went, in one unit, and on what.
  mutating func add(_ timing: TimingRecord, environment: EnvironmentRecord?) {
    let parts: [(Phrase, Double)] =
      [
        (.forward, timing.forward), (.recompute, timing.recompute), (.backward, timing.backward),
        (.optimizerStep, timing.optimizer),
      ] + (timing.disk.map { [(.waitingForDisk, $0)] } ?? [])
    let unit = TimeUnit(fitting: [timing.stepMedian])
    var rows = parts.map { phrase, seconds -> [Table.Cell] in
      [
        .plain(word(phrase)), .plain(unit.text(seconds)),
        .plain(Format.percent(seconds / timing.stepMedian)),
      ]
    }
    rows.append([.strong(word(.stepMedian)), .strong(unit.text(timing.stepMedian)), ""])
    rows.append([.plain(word(.wholeCell)), .plain(unit.text(timing.total)), ""])
    add(
      Table(
        columns: [
          .text(.plain(word(.part))), .number("\(word(.time)) (\(unit.symbol))"),
          .number(.plain(word(.share))),
        ], rows: rows))
    guard let environment else { return }
    let threads =
      language == .english && environment.threads == 1 ? "thread" : word(.threads)
    let names = [environment.numerics, environment.kernels].map(MarkdownText.code)
    let process = timing.process.map {
      "\(word(.processMemory)) \(Format.size($0.before)) → \(Format.size($0.peak))"
    }
    add(
      (["\(environment.threads) \(threads)"] + names + [process].compactMap(\.self))
        .joined(separator: ", "))
  }
}
