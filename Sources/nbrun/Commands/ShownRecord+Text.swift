import Records
import Reporting
import Runner

extension ShownRecord {
  /// The record as tables for a terminal.
  var text: String {
    var sections = [[heading]]
    if let failure = record.failure {
      sections.append(["\(failure.code): \(failure.message)"] + failure.notes.map { "  = \($0)" })
    }
    sections += record.output.tables.map(\.terminalLines)
    sections += [record.valueTable].filter { !$0.rows.isEmpty }.map(\.terminalLines)
    let facts = [record.environment?.line, record.costs?.line].compactMap(\.self)
    if !facts.isEmpty { sections.append(facts) }
    return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var heading: String {
    let standing = isCurrent ? "current" : record.status == .failed ? "failed" : "stale"
    let state = run.map { "run \($0)" } ?? standing
    return "\(record.id)  \(record.kind.rawValue)  \(state)  key \(record.key.prefix(8))"
  }
}

extension Record {
  /// Every single value.
  fileprivate var valueTable: Table {
    Table(
      columns: [.text("value"), .number("recorded"), .number("exactly")],
      rows: values.map { name, value in
        [.code(name), .plain(value.shortText), .plain(value.exactly)]
      })
  }
}

extension RecordedValue {
  /// The value with its unit.
  var shortText: String {
    switch self {
    case .bytes(let bytes): Format.size(bytes)
    case .count(let count): Format.count(count)
    case .number(let number): Format.number(number)
    case .seconds(let seconds): TimeUnit.described(seconds)
    case .text(let text): String(text.prefix(16))
    }
  }

  /// The value in full, where that says more.
  fileprivate var exactly: String {
    switch self {
    case .bytes(let bytes): "\(Format.count(bytes)) B"
    case .number(let number): "\(number)"
    case .count, .seconds, .text: ""
    }
  }
}

extension EnvironmentRecord {
  fileprivate var line: String {
    "\(numerics) numerics, \(kernels) kernels, \(threads) threads"
  }
}

extension CostRecord {
  fileprivate var line: String {
    "planned with the measured times of \(operations.count) operations: see --json"
  }
}

extension CellOutput {
  /// What the kind of cell has beyond single values.
  fileprivate var tables: [Table] {
    switch self {
    case .none, .train, .plan, .data, .eval, .generate: []
    case .model(let model): [model.table]
    case .compare(let comparison): [comparison.table]
    case .expect(let claims): [Self.table(of: claims)]
    case .query(let query): [query.table()]
    case .plot: []
    case .sweep(let sweep): [sweep.table]
    }
  }

  private static func table(of claims: [ClaimResult]) -> Table {
    Table(
      columns: [.text("claim"), .text("verdict"), .text("values")],
      rows: claims.map { claim in
        let values =
          claim.values.map { "\($0.reference) = \($0.value.shownExactly)" }
          + [claim.reason].compactMap(\.self)
        return [
          .code(claim.claim), .plain(claim.holds ? "holds" : "fails"),
          .plain(values.joined(separator: ", ")),
        ]
      })
  }
}

extension ModelSummary {
  fileprivate var table: Table {
    Table(
      columns: [
        .text("layer"), .text("output shape"), .number("count"), .number("parameters"),
        .number("kept bytes"), .number("flops"),
      ],
      rows: layers.map { layer in
        [
          .code(layer.layer), .plain(layer.shape.map(String.init).joined(separator: "×")),
          .plain("\(layer.count)"), .plain(Format.count(layer.parameters)),
          .plain(Format.count(layer.activationBytes)), .plain(Format.count(layer.flops)),
        ]
      })
  }
}

extension ComparisonSummary {
  fileprivate var table: Table {
    Table(
      columns: [.text("cell")] + columns.map { .number(.code($0)) },
      rows: rows.map { row in
        [.code(row.cell)] + row.values.map { .plain($0?.shortText ?? "–") }
      })
  }
}
