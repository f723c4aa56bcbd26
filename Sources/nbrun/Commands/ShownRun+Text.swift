import Records
import Reporting
import ResultStore
import Runner

extension ShownRun {
  /// The run, and a row for each of its cells.
  var text: String {
    let table = Table(
      columns: [
        .text("cell"), .text("kind"), .text("outcome"), .text("key"), .number("loss"),
        .number("peak"),
      ],
      rows: cells.map(\.tableCells))
    return RunList([entry]).text(showsMachine: true) + "\n"
      + table.terminalLines.joined(separator: "\n") + "\n"
  }
}

extension RunOutcome {
  fileprivate var tableCells: [Table.Cell] {
    let facts = outcome.facts
    let state = facts.status == .failed ? "failed" : isReused ? "cached" : "ran"
    return [
      .code(cell), .plain(facts.kind.rawValue), .plain(state), .code(String(facts.key.prefix(8))),
      .plain(text("loss.last")), .plain(text("memory.peak")),
    ]
  }

  private func text(_ name: String) -> String {
    outcome.facts.values.first { $0.name == name }?.value.shortText ?? ""
  }
}
