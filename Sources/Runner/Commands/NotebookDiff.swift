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
  /// - Parameters:
  ///   - bound: the tolerance of values for which their notebook grants none.
  ///   - bounds: tolerances by name that come before those of the notebooks.
  /// - Throws: `RunFault`.
  public init(
    _ pairs: [DiffPair], bound: Tolerances.Bound, bounds: [String: Tolerances.Bound] = [:],
    storePath: String?
  ) throws(RunFault) {
    var comparisons: [Comparison] = []
    var tolerances = Tolerances(fallback: bound, byName: bounds)
    for pair in pairs {
      let old =
        try pair.before.map { operand throws(RunFault) in
          try DiffSide(operand, storePath: storePath)
        } ?? DiffSide()
      let new = try DiffSide(pair.after, storePath: storePath)
      let prefix = pairs.count > 1 ? "\(new.name)#" : ""
      comparisons.append(Comparison(old, new, prefix: prefix))
      for (cell, bounds) in new.tolerances { tolerances.byCell[prefix + cell] = bounds }
    }
    warnings = comparisons.flatMap(\.warnings)
    var differences = RecordDiff(
      from: comparisons.flatMap(\.before), to: comparisons.flatMap(\.after),
      tolerances: tolerances)
    differences.causes = comparisons.flatMap { $0.causes(of: differences) }
    differences.notes = warnings.map { "\($0.source): \($0.message)" }
    if pairs.count == 1, let pair = pairs.first {
      differences.sides = RecordDiff.Sides(
        before: pair.before?.name ?? "nothing", after: pair.after.name)
    }
    self.differences = differences
  }

  /// Ok, or that there are differences.
  public var exitCode: ExitCode { differences.hasDifferences ? .differences : .ok }
}

/// Two sides brought to the same precision.
private struct Comparison {
  let before: [CellSnapshot]
  let after: [CellSnapshot]
  let warnings: [Diagnostic]
  private let old: DiffSide
  private let new: DiffSide
  private let prefix: String

  init(_ old: DiffSide, _ new: DiffSide, prefix: String) {
    (self.old, self.new, self.prefix) = (old, new, prefix)
    let written = (old.cells + new.cells).filter(\.isRead)
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

  /// Why cells differ in memory where they do.
  func causes(of diff: RecordDiff) -> [MemoryCause] {
    var seen: Set<String> = []
    let cells = diff.rows(in: .memory).filter(\.isDifference).map(\.cell)
    return cells.filter { seen.insert($0).inserted }.flatMap { name -> [MemoryCause] in
      let ids = name.split(separator: " → ").map { String($0.trimmingPrefix(prefix)) }
      guard let first = ids.first, let last = ids.last,
        let before = old.cells.first(where: { $0.id == first })?.footprints,
        let after = new.cells.first(where: { $0.id == last })?.footprints
      else { return [] }
      return after.keys.sorted().flatMap { policy -> [MemoryCause] in
        guard let old = before[policy], let new = after[policy] else { return [] }
        let cell = policy.isEmpty ? name : "\(name) \(policy)"
        return MemoryCause.causes(of: cell, from: old, to: new)
      }
    }
  }

  private static func warning(_ side: DiffSide) -> Diagnostic? {
    let cells = side.cells.filter(\.isRead).map(\.id)
    guard !cells.isEmpty else { return nil }
    return Diagnostic(
      code: "read-from-text", severity: .warning,
      message: "values are read from the text, with the digits printed there, of: "
        + cells.joined(separator: ", "), source: side.name,
      notes: ["the store has no record that they were written from"])
  }
}
