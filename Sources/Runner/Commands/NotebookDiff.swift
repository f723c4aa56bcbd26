public import Diagnostics
import Dispatch
public import Reporting
import Synchronization

/// What differs between two notebooks, revisions or runs, or between several pairs of them.
public struct NotebookDiff: Sendable {
  /// The differences; cells of several notebooks are named `notebook#id`.
  public let differences: RecordDiff
  /// What a reader should know of where the values come from.
  public let warnings: [Diagnostic]
  /// Why pairs could not be compared, where there are others.
  public let faults: [RunFault]

  /// Compares pairs.
  ///
  /// Values come from the store at full precision. Where a side's record is gone, they are read
  /// from the text of its output, and the other side's as they would be written.
  /// - Parameters:
  ///   - bound: the tolerance of values for which their notebook grants none.
  ///   - bounds: tolerances by name that come before those of the notebooks.
  /// - Throws: `RunFault` where there is one pair; of several the others are compared.
  public init(
    _ pairs: [DiffPair], bound: Tolerances.Bound, bounds: [String: Tolerances.Bound] = [:],
    storePath: String?
  ) throws(RunFault) {
    var comparisons: [SideComparison] = []
    var tolerances = Tolerances(fallback: bound, byName: bounds)
    var faults: [RunFault] = []
    var uncompared: [String] = []
    for pair in pairs {
      do throws(RunFault) {
        let (old, new) = try pair.sides(storePath: storePath)
        let prefix = pairs.count > 1 ? "\(new.name)#" : ""
        comparisons.append(SideComparison(old, new, prefix: prefix))
        for (cell, bounds) in new.tolerances { tolerances.byCell[prefix + cell] = bounds }
      } catch {
        guard pairs.count > 1 else { throw error }
        faults.append(error)
        uncompared.append(pair.after.name)
      }
    }
    self.faults = faults
    var differences = RecordDiff(
      from: comparisons.flatMap(\.before), to: comparisons.flatMap(\.after),
      tolerances: tolerances)
    warnings =
      comparisons.flatMap(\.warnings) + bounds.keys.sorted().compactMap(differences.withoutValues)
    differences.causes = comparisons.flatMap { $0.causes(of: differences) }
    differences.notes = warnings.map { "\($0.source): \($0.message)" }
    differences.notes += faults.compactMap(\.diagnostics.first).map {
      "\($0.source): not compared: \($0.message)"
    }
    differences.unplanned = comparisons.flatMap(\.unplanned)
    differences.uncompared = uncompared
    if pairs.count == 1, let pair = pairs.first {
      differences.sides = RecordDiff.Sides(
        before: pair.before?.name ?? "nothing", after: pair.after.name)
    }
    self.differences = differences
  }

  /// Ok, that there are differences, or what kept notebooks from being compared: of one that can't be
  /// planned the outputs alone were, and nothing is said of the rest.
  public var exitCode: ExitCode {
    if let fault = faults.first { return fault.exitCode }
    if !differences.unplanned.isEmpty { return .invalid }
    return differences.hasDifferences ? .differences : .ok
  }
}

extension RecordDiff {
  /// That a tolerance is of no use, as no value of its name was compared.
  fileprivate func withoutValues(_ name: String) -> Diagnostic? {
    let names = DottedNames([Block.metrics, .memory, .timings].flatMap(rows).map(\.name))
    guard !names.names.isEmpty, !names.contains(name) else { return nil }
    return Diagnostic(
      code: "unknown-value", severity: .warning,
      message: "a tolerance is given for '\(name)', but no value of that name is compared",
      source: "nbrun",
      notes: nearestWord(to: name, in: names.suggestions).map { ["did you mean '\($0)'?"] } ?? [])
  }
}

extension DiffPair {
  /// Both sides, read at the same time: neither knows of the other.
  fileprivate func sides(
    storePath: String?
  ) throws(RunFault) -> (before: DiffSide, after: DiffSide) {
    let found = Mutex<[Result<DiffSide, RunFault>?]>([nil, nil])
    let operands = [before, after]
    DispatchQueue.concurrentPerform(iterations: 2) { index in
      let side = Result { () throws(RunFault) in
        try operands[index].map { operand throws(RunFault) in
          try DiffSide(operand, storePath: storePath)
        } ?? DiffSide()
      }
      found.withLock { $0[index] = side }
    }
    let sides = found.withLock { $0 }
    return (try sides[0]?.get() ?? DiffSide(), try sides[1]?.get() ?? DiffSide())
  }
}
