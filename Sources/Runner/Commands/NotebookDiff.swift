public import Diagnostics
public import Reporting

/// What differs between two notebooks, revisions or runs, or between several pairs of them.
public struct NotebookDiff: Sendable {
  /// The differences; cells of several notebooks are named `notebook#id`.
  public let differences: RecordDiff
  /// What a reader should know of where the values come from.
  public let warnings: [Diagnostic]

  /// Compares pairs.
  ///
  /// Values come from the store at full precision. Where a side's record is gone, they are read
  /// from the text of its output, and the other side's as they would be written.
  /// - Parameter bound: the tolerance of values for which their notebook grants none.
  /// - Throws: `RunFault`.
  public init(
    _ pairs: [DiffPair], bound: Tolerances.Bound, storePath: String?
  ) throws(RunFault) {
    var (before, after): ([CellSnapshot], [CellSnapshot]) = ([], [])
    var tolerances = Tolerances(fallback: bound)
    var warnings: [Diagnostic] = []
    for pair in pairs {
      let old =
        try pair.before.map { operand throws(RunFault) in
          try DiffSide(operand, storePath: storePath)
        } ?? DiffSide()
      let new = try DiffSide(pair.after, storePath: storePath)
      let prefix = pairs.count > 1 ? "\(new.name)#" : ""
      let comparison = Comparison(old, new, prefix: prefix)
      before += comparison.before
      after += comparison.after
      warnings += comparison.warnings
      for (cell, bounds) in new.tolerances { tolerances.byCell[prefix + cell] = bounds }
    }
    differences = RecordDiff(from: before, to: after, tolerances: tolerances)
    self.warnings = warnings
  }

  /// Ok, or that there are differences.
  public var exitCode: ExitCode { differences.hasDifferences ? .differences : .ok }
}

/// Two sides brought to the same precision.
private struct Comparison {
  let before: [CellSnapshot]
  let after: [CellSnapshot]
  let warnings: [Diagnostic]

  init(_ old: DiffSide, _ new: DiffSide, prefix: String) {
    let written = (old.cells + new.cells).filter { $0.record == nil }
    let ids = Set(written.map(\.id))
    // A cell that was renamed is found by its key.
    let keys = Set(written.compactMap { $0.key?.prefix(8) })
    func snapshot(_ cell: DiffCell) -> CellSnapshot {
      let isWritten = ids.contains(cell.id) || cell.key.map { keys.contains($0.prefix(8)) } ?? false
      var snapshot = cell.snapshot(asWritten: isWritten)
      snapshot.id = prefix + cell.id
      return snapshot
    }
    before = old.cells.map(snapshot)
    after = new.cells.map(snapshot)
    warnings = [old, new].compactMap(Self.warning)
  }

  private static func warning(_ side: DiffSide) -> Diagnostic? {
    let cells = side.cells.filter { $0.record == nil }.map(\.id)
    guard !cells.isEmpty else { return nil }
    return Diagnostic(
      code: "read-from-text", severity: .warning,
      message: "values are read from the text, with the digits printed there, of: "
        + cells.joined(separator: ", "), source: side.name,
      notes: ["the store has no record that they were written from"])
  }
}
