public import Diagnostics
import Digests
import Experiment
public import Records
public import ResultStore

/// The record of a cell that `show` shows.
public struct ShownRecord: Sendable {
  /// The record.
  public let record: Record
  /// Whether it is what the cell as it is now would get from the store; false where a run's record
  /// was asked for.
  public let isCurrent: Bool
  /// The run whose record was asked for; nil where it was the cell's.
  public let run: Run.Identifier?
  /// The notebook as the user named it, and the line of the cell's fence, from 1; nil for a run's.
  private let place: (file: String, line: Int)?

  /// Finds what the latest run of the notebook left of the cell; else a result of another notebook
  /// for the same key; else an older result of the cell.
  ///
  /// Of a run it is what the run gave the cell.
  /// - Throws: `RunFault.unknownCell`, `.noRecord`, `.store`, and those of opening a notebook.
  public init(_ address: CellAddress, options: RunOptions) throws(RunFault) {
    if let run = address.run, let cell = address.cell {
      self = try ShownRun(run, storePath: options.storePath).shown(cell)
      return
    }
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
    run = nil
    place = (open.file.name, cell.line)
  }

  /// What a run gave one of its cells.
  init(_ record: Record, of run: Run.Identifier) {
    self.record = record
    self.run = run
    (isCurrent, place) = (false, nil)
  }

  /// A warning where the record is not that of the cell as it is now.
  public var warning: Diagnostic? {
    guard !isCurrent, record.status == .ok, let (file, line) = place else { return nil }
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
