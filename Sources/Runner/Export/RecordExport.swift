public import Diagnostics
import Experiment
import Records
import Reporting

/// The records of notebooks' cells as data for other programs.
public struct RecordExport: Sendable {
  /// A cell's record and the notebook that it is of.
  private struct Entry {
    var notebook: String
    var shown: ShownRecord
  }

  private var entries: [Entry] = []
  /// Warnings: about the notebooks, and about cells that have no record or one of an earlier state.
  public private(set) var warnings: [Diagnostic] = []

  /// Collects the records of notebooks, or of single cells, in the order of the documents.
  ///
  /// - Throws: `RunFault` where a notebook can't be read or is wrong, or the store can't be read.
  public init(_ addresses: [CellAddress], options: RunOptions) throws(RunFault) {
    for address in addresses {
      let open = try OpenNotebook(
        address.file, overrides: options.overrides, settings: options.settings)
      warnings += open.warnings
      let stored = try StoredResults(of: open.project, path: options.storePath)
      let cells =
        try address.cell.map { id throws(RunFault) in [try open.cell(id)] }
        ?? open.plan.cells
      for cell in cells where cell.isActive {
        guard let shown = try ShownRecord(of: cell, in: open, stored) else {
          warnings.append(Self.noRecord(of: cell, in: open))
          continue
        }
        warnings += [shown.warning].compactMap(\.self)
        entries.append(Entry(notebook: open.storeName, shown: shown))
      }
    }
  }

  private static func noRecord(of cell: Cell, in open: OpenNotebook) -> Diagnostic {
    Diagnostic(
      code: "no-record", severity: .warning, message: "nothing is recorded for '\(cell.id)'",
      source: "\(open.file.name):\(cell.line)", notes: ["run the notebook first"])
  }

  /// An array of records, each as `nbrun show --json` has it, with its notebook before the rest.
  public var json: JSONValue {
    .array(
      entries.map { entry in
        guard case .object(let members) = entry.shown.json else { return .null }
        return .object([("notebook", .string(entry.notebook))] + members)
      })
  }

  /// A row a value: notebook, cell, kind, whether the record is current, name, value, unit.
  public var values: String {
    var rows = [["notebook", "cell", "kind", "current", "name", "value", "unit"]]
    for entry in entries {
      let record = entry.shown.record
      for (name, value) in record.values {
        rows.append([
          entry.notebook, record.id, record.kind.rawValue, "\(entry.shown.isCurrent)", name,
          value.exactText, value.unit,
        ])
      }
    }
    return Self.csv(rows)
  }

  /// A row a measured point: notebook, cell, metric, step, value.
  public var series: String {
    var rows = [["notebook", "cell", "metric", "step", "value"]]
    for entry in entries {
      let record = entry.shown.record
      for (name, series) in record.metrics.sorted(by: { $0.key < $1.key }) {
        for point in series.points {
          rows.append([entry.notebook, record.id, name, "\(point.step)", "\(point.value)"])
        }
      }
    }
    return Self.csv(rows)
  }

  /// Rows as RFC 4180 has them, lines ending in LF.
  private static func csv(_ rows: [[String]]) -> String {
    rows.map { CommaSeparatedText.row($0) + "\n" }.joined()
  }
}

extension RecordedValue {
  /// The unit of the exported number; empty where it has none.
  fileprivate var unit: String {
    switch self {
    case .bytes: "B"
    case .seconds: "s"
    case .count, .number, .text: ""
    }
  }
}
