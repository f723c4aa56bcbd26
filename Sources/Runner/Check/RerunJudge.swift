import Diagnostics
import Digests
import Experiment
import NotebookSyntax
import Records
import Reporting

/// Compares a second run with what is written.
struct RerunJudge {
  let bases: [(cell: String, basis: RerunBasis)]
  let differences: RecordDiff
  private let open: OpenNotebook
  private let report: RunReport

  init(open: OpenNotebook, written: DiffSide, report: RunReport) {
    self.open = open
    self.report = report
    let again = DiffSide(report, plan: open.plan)
    let bases = Self.bases(open.plan, written, report)
    self.bases = bases
    var tolerances = Tolerances()
    for (cell, basis) in bases where basis.measure == .tolerances {
      tolerances.byCell[cell] = written.tolerances[cell]
    }
    // What did not run again is told as such, not as missing.
    let ids = Set(again.cells.map(\.id))
    let comparison = SideComparison(
      written.keeping { ids.contains($0.id) }, again, prefix: "")
    var differences = RecordDiff(
      from: comparison.before, to: comparison.after, tolerances: tolerances)
    let loose = Set(bases.filter { $0.basis.measure == .tolerances }.map(\.cell))
    let unknown = Set(
      written.cells.filter { $0.result == nil }.map(\.id)
        .filter { _ in open.plan.settings.threads == nil })
    differences = differences.excusing { row in
      (loose.contains(row.cell) && row.name.hasPrefix("digest."))
        || (unknown.contains(row.cell) && Self.dependsOnThreads(row.name))
    }
    differences.causes = comparison.causes(of: differences)
    differences.sides = RecordDiff.Sides(before: open.file.name, after: "run again")
    self.differences = differences
  }

  /// How a cell is compared; one that is made of others, or of no numbers, needs no measure.
  private static func bases(
    _ plan: ExperimentPlan, _ written: DiffSide, _ report: RunReport
  ) -> [(cell: String, basis: RerunBasis)] {
    plan.cells.compactMap { cell in
      guard cell.kind.dependsOnNumerics,
        let current = report.record(of: cell.id)?.environment,
        let old = written.cells.first(where: { $0.id == cell.id })
      else { return nil }
      return (
        cell.id,
        RerunBasis(
          recorded: old.result?.facts.environment, current: current,
          grants: !cell.options.tolerance.isEmpty)
      )
    }
  }

  /// Values that count the scratch space of worker threads, whose number a text doesn't tell.
  private static func dependsOnThreads(_ name: String) -> Bool {
    ["peak", "planned_peak", "measured_peak", "reserved", "workspace"]
      .contains { name.hasSuffix("memory.\($0)") }
  }

  /// The cells whose outputs are not what the second run gave.
  private var changedCells: Set<String> {
    var changed = Set(differences.rows.filter(\.isDifference).map(\.cell))
    // The points of a sweep are compared in its table.
    for cell in open.plan.cells where cell.point.map({ changed.contains($0.sweep) }) ?? false {
      changed.insert(cell.id)
    }
    for cell in open.plan.executionOrder.map({ open.plan.cells[$0] }) {
      let isMissing = cell.point == nil && open.notebook.directive(cell.id)?.output == nil
      if isMissing || (cell.kind.isDerived && !changed.isDisjoint(with: cell.dependencies)) {
        changed.insert(cell.id)
      }
    }
    return changed.filter { report.record(of: $0) != nil }
  }

  /// The cells whose outputs were written for other keys.
  private var staleCells: Set<String> {
    Set(open.cellStates.filter { [.stale, .incomplete].contains($0.standing) }.map(\.id))
  }

  /// What is wrong, in the order of the document.
  var findings: [Finding] {
    let staleCells = staleCells
    return open.plan.cells.compactMap { cell -> Finding? in
      func finding(_ kind: Finding.Kind, _ message: String) -> Finding {
        Finding(
          file: open.file.name, line: cell.line, kind: kind, cell: cell.id, message: message)
      }
      if case .failed(let failure)? = report.cells.first(where: { $0.id == cell.id })?.outcome {
        return finding(.failed, failure.message)
      }
      // Of a sweep whose output is of another key the points are told by that.
      if let sweep = cell.point?.sweep, staleCells.contains(sweep) { return nil }
      let rows = differences.rows.filter { $0.cell == cell.id && $0.isDifference }
      guard let first = rows.first(where: { $0.block != .inputs }) else { return nil }
      let more = rows.count > 1 ? ", and \(rows.count - 1) more" : ""
      return finding(.changed, "running it again gave another \(first.name)\(first.change)\(more)")
    }
  }

  /// The notebook with the outputs that differ as the second run gave them.
  var corrected: CorrectedNotebook? {
    get throws(RunFault) {
      let changed = changedCells
      guard !changed.isEmpty, let text = report.text else { return nil }
      let again = Notebook(parsing: SourceText(name: open.file.name, bytes: text))
      var updates: [RegionUpdate] = []
      for directive in again.directives where changed.contains(directive.id) {
        for kind in OutputRegion.Kind.allCases {
          let region = directive.region(kind)
          updates.append(
            RegionUpdate(
              id: directive.id, kind: kind, key: region?.key ?? "", body: region?.bodyText))
        }
      }
      var spans: [String: String] = [:]
      for span in again.spans {
        guard
          let cell = ValueReference(parsing: span.reference).map(open.plan.resolved)?.cell,
          changed.contains(cell)
        else { continue }
        spans[span.reference] = again.source.text(in: span.contentRange)
      }
      let bytes = open.notebook.applying(outputs: updates, spans: spans)
      guard bytes != open.file.bytes else { return nil }
      let records = report.cells.compactMap(\.record).filter { changed.contains($0.id) }
      return CorrectedNotebook(of: open.file, text: bytes, records: records)
    }
  }
}

extension RunReport {
  /// The record of a cell, if it ended well.
  func record(of cell: String) -> Record? { cells.first { $0.id == cell }?.record }
}

extension RecordDiff.Row {
  /// ` (1.25 → 1.5)`, as far as it fits on a line.
  fileprivate var change: String {
    func text(_ value: RecordedValue?) -> String {
      guard let value else { return "nothing" }
      return String(value.exactText.prefix { $0 != "\n" }.prefix(16))
    }
    return " (\(text(before)) → \(text(after)))"
  }
}
