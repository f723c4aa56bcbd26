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
    var comparisons: [SideComparison] = []
    var tolerances = Tolerances(fallback: bound, byName: bounds)
    for pair in pairs {
      let old =
        try pair.before.map { operand throws(RunFault) in
          try DiffSide(operand, storePath: storePath)
        } ?? DiffSide()
      let new = try DiffSide(pair.after, storePath: storePath)
      let prefix = pairs.count > 1 ? "\(new.name)#" : ""
      comparisons.append(SideComparison(old, new, prefix: prefix))
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
