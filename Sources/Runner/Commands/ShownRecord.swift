public import Diagnostics
import Digests
import Experiment
public import Records
import ResultStore

/// The record of a cell that `show` shows.
public struct ShownRecord: Sendable {
  /// The record.
  public let record: Record
  /// Whether it is what the cell as it is now would get from the store.
  public let isCurrent: Bool
  /// The line of the cell's fence, from 1.
  public let line: Int
  /// The notebook as the user named it.
  public let file: String

  /// Finds what the latest run of the notebook left of the cell; else a result of another notebook
  /// for the same key; else an older result of the cell.
  ///
  /// - Throws: `RunFault.unknownCell`, `.noRecord`, `.store`, and those of opening a notebook.
  public init(_ address: CellAddress, options: RunOptions) throws(RunFault) {
    let open = try OpenNotebook(
      address.file, overrides: options.overrides, settings: options.settings)
    let cell = try open.cell(try address.requiredCell(of: open))
    let stored = try StoredResults(of: open.project, path: options.storePath)
    guard let shown = try ShownRecord(of: cell, in: open, stored) else {
      throw .noRecord("'\(cell.id)'")
    }
    self = shown
  }

  /// Finds a cell's record in a store; nil where there is none.
  init?(of cell: Cell, in open: OpenNotebook, _ stored: StoredResults) throws(RunFault) {
    let latest = try stored.ask { store throws(StoreFault) in
      try store.latestRecord(cell: cell.id, notebook: open.storeName)
    }
    let key = cell.key.hex
    var found = latest ?? nil
    if found?.key != key, var other = try stored.records(key: key).last {
      other.id = cell.id
      found = other
    }
    guard let record = found else { return nil }
    self.record = record
    isCurrent = record.key == key && record.status == .ok
    line = cell.line
    file = open.file.name
  }

  /// A warning where the record is not that of the cell as it is now.
  public var warning: Diagnostic? {
    guard !isCurrent, record.status == .ok else { return nil }
    return Diagnostic(
      code: "stale-record", severity: .warning,
      message: "'\(record.id)' changed since this record was made", source: "\(file):\(line)",
      notes: ["'nbrun why \(file)#\(record.id)' says what changed"])
  }
}

extension CellAddress {
  /// The cell, where a command needs one.
  ///
  /// - Throws: `RunFault.invalid`.
  func requiredCell(of open: OpenNotebook) throws(RunFault) -> String {
    if let cell { return cell }
    let cells = open.plan.cells.map { "\(file)#\($0.id)" }
    throw .invalid([
      Diagnostic(
        code: "missing-cell", message: "name a cell: \(file)#ID", source: "nbrun",
        notes: cells.isEmpty ? ["the notebook has none"] : cells)
    ])
  }
}
