import Experiment
import Records
public import ResultStore

/// A run of the store and what it gave its cells, as `show` shows them.
public struct ShownRun: Sendable {
  /// The run, and how its cells ended.
  public let entry: RunList.Entry
  /// What became of its cells, in their order.
  public let cells: [RunOutcome]
  private let stored: StoredResults

  /// Finds a run in the store of the working directory's project.
  ///
  /// - Throws: `RunFault.unknownRun`, `.store`.
  public init(_ run: Run.Identifier, storePath: String?) throws(RunFault) {
    let stored = try StoredResults(of: ProjectPath(nil).project, path: storePath)
    let found = try stored.ask { store throws(StoreFault) in
      guard let entry = try store.run(run) else { return Self?.none }
      return Self(
        entry: RunList.Entry(run: entry, counts: try store.counts(run: run)),
        cells: try store.outcomes(run: run), stored: stored)
    }
    guard let found = found ?? nil else { throw .unknownRun(run) }
    self = found
  }

  private init(entry: RunList.Entry, cells: [RunOutcome], stored: StoredResults) {
    (self.entry, self.cells, self.stored) = (entry, cells, stored)
  }

  /// The record of a cell.
  ///
  /// - Throws: `RunFault.unknownCell`, `.removedRecords`, `.noRecord`, `.store`.
  func shown(_ cell: String) throws(RunFault) -> ShownRecord {
    let id = identifier(named: cell, among: cells.map(\.cell))
    guard let found = cells.first(where: { $0.cell == id }) else {
      let run = entry.run
      // It may have been that cell's.
      if run.removedCount > 0 {
        throw .removedRecords(run: run.identifier, count: run.removedCount)
      }
      throw .unknownCell(id: cell, known: cells.map(\.cell))
    }
    guard let shown = try shown(found) else {
      throw .noRecord("'\(cell)' of run \(entry.run.identifier)")
    }
    return shown
  }

  private func shown(_ cell: RunOutcome) throws(RunFault) -> ShownRecord? {
    let stored = try stored.ask { store throws(StoreFault) in
      try store.record(cell.outcome.identifier)
    }
    guard var record = stored ?? nil else { return nil }
    record.id = cell.cell
    return ShownRecord(record, of: entry.run.identifier)
  }

  /// The run as `nbrun runs --json` has it, with the records of its cells.
  ///
  /// - Throws: `RunFault.store`.
  public func json() throws(RunFault) -> JSONValue {
    guard case .object(let members) = entry.json else { return .null }
    let records = try cells.map { cell throws(RunFault) in try shown(cell)?.json }
    return .object(members + [("cells", .array(records.compactMap(\.self)))])
  }
}
