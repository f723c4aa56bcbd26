import Records

extension Page {
  /// A row a metric.
  mutating func add(_ evaluation: EvaluationSummary, of record: Record) {
    var table = Table(columns: [
      .text(.plain(word(.quantity))), .number(.plain(word(.value))),
    ])
    table.rows += [
      [.plain(word(.split)), .code(evaluation.split)],
      [.plain(word(.evaluatedExamples)), .plain(Format.count(evaluation.examples))],
      [.plain(word(.targets)), .plain(Format.count(evaluation.targets))],
    ]
    for name in evaluation.metrics {
      guard let value = record.metrics[name]?.last else { continue }
      table.rows.append([.code(name), .plain(Format.number(value))])
    }
    add(table)
  }

  /// The prompt and its continuation as one text.
  mutating func add(_ generation: GenerationSummary, of record: Record) {
    let text = generation.prompt + generation.text
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
    add(MarkdownText.block(lines))
    var table = Table(columns: [
      .text(.plain(word(.quantity))), .number(.plain(word(.value))),
    ])
    table.rows.append([.plain(word(.tokens)), .plain(Format.count(generation.tokens.count))])
    if let digest = record.digest["tokens"] { table.rows.append(digestRow("tokens", digest)) }
    add(table)
  }
}
