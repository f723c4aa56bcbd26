import Diagnostics
import Digests
import Experiment
import NotebookSyntax
import Records
import Reporting
import ResultStore

/// One side of a comparison.
struct DiffSide {
  /// How messages name it.
  let name: String
  /// Its cells, in their order.
  private(set) var cells: [DiffCell]
  /// The tolerances that its notebook grants.
  let tolerances: [String: [String: Tolerances.Bound]]
  /// Why its notebook can't be planned, so that only its outputs can be compared; nil where it can.
  private(set) var planFault: Diagnostic?
  /// Whether that leaves the inputs of its cells unknown.
  private(set) var lacksInputs = false
  /// How many records of a run were removed since, so that it lacks their cells.
  private(set) var removedCount = 0

  /// Reads a side.
  ///
  /// - Throws: `RunFault.unreadable`, `.revision`, `.unknownRun`, `.removedRecords`, `.invalid`, `.store`.
  init(_ operand: DiffOperand, storePath: String?) throws(RunFault) {
    switch operand {
    case .run(let number):
      try self.init(run: number, name: operand.name, storePath)
    case .file(let file):
      let bytes = try NotebookFile(name: file).bytes
      try self.init(bytes, name: file, at: ProjectPath(file), storePath)
    case .copy("/dev/null", let file), .absent(let file): self.init(name: file)
    case .copy(let copy, let file):
      let bytes = try NotebookFile(name: copy).bytes
      try self.init(bytes, name: file, at: ProjectPath(file), storePath, isCommitted: true)
    case .revision(let revision, let path, let folder):
      let bytes = try GitFile.contents(revision, path: path, folder: folder)
      let place = try GitFile.workTreePath(path, folder: folder)
      try self.init(
        bytes, name: operand.name, at: ProjectPath(place), storePath, isCommitted: true)
    }
  }

  /// A side without cells.
  init(name: String = "") { (self.name, cells, tolerances) = (name, [], [:]) }

  /// What a run gave.
  init(_ report: RunReport, plan: ExperimentPlan) {
    name = "run"
    cells = report.cells.compactMap { cell in
      guard let record = cell.record, let planned = plan.cell(cell.id) else { return nil }
      var cell = DiffCell(
        id: record.id, CellResult(record), inputs: planned.keyParts.map { ($0.name, $0.value) })
      cell.planned = PlannedCell(cell: planned, plan: plan)
      return cell
    }
    tolerances = [:]
  }

  /// The side with some of its cells.
  func keeping(_ matches: (DiffCell) -> Bool) -> DiffSide {
    var side = self
    side.cells = cells.filter(matches)
    return side
  }

  private init(run number: Int64, name: String, _ storePath: String?) throws(RunFault) {
    let stored = try StoredResults(of: ProjectPath(nil).project, path: storePath)
    let found = try stored.ask { store throws(StoreFault) in
      try store.run(number).map { run throws(StoreFault) in
        (run: run, outcomes: try store.outcomes(run: number))
      }
    }
    guard let (run, outcomes) = found ?? nil else { throw .unknownRun(number) }
    if outcomes.isEmpty, run.removedCount > 0 {
      throw .removedRecords(run: number, count: run.removedCount)
    }
    self.name = name
    removedCount = run.removedCount
    cells = try outcomes.map { found throws(RunFault) in
      DiffCell(
        id: found.cell, CellResult(found.outcome, in: stored),
        inputs: try stored.keyParts(key: found.outcome.facts.key))
    }
    tolerances = [:]
  }

  private init(
    _ bytes: [UInt8], name: String, at path: ProjectPath, _ storePath: String?,
    isCommitted: Bool = false
  ) throws(RunFault) {
    let notebook = Notebook(parsing: SourceText(name: name, bytes: bytes))
    guard !notebook.hasErrors else { throw .invalid(notebook.diagnostics) }
    let stored = try StoredResults(of: path.project, path: storePath)
    // A plan tells inputs and tolerances; of a notebook that has none the outputs can be compared.
    var plan: ExperimentPlan?
    do throws(RunFault) {
      plan = try OpenNotebook(
        file: NotebookFile(bytes: bytes, name: name, path: path.path), parsed: notebook,
        overrides: [], settings: SettingsOverrides()
      ).plan
    } catch {
      // A file without directives has no inputs to know.
      if !notebook.directives.isEmpty {
        planFault = error.diagnostics.first { $0.severity == .error }
      }
    }
    self.name = name
    let results = try WrittenResults(of: notebook, plan: plan, stored)
    cells = try notebook.directives.map { [plan] directive throws(RunFault) -> [DiffCell] in
      let planned = plan.flatMap { plan in
        plan.cell(directive.id).map { PlannedCell(cell: $0, plan: plan) }
      }
      guard
        let cell = try Self.cell(directive, planned: planned, results, isCommitted: isCommitted)
      else { return [] }
      return [cell] + (try Self.points(of: cell, stored, isCommitted: isCommitted))
    }.flatMap(\.self)
    // What was committed was run from the inputs that the store knows of its outputs' keys; what is
    // in the work tree may have been edited since.
    lacksInputs = planFault != nil && (!isCommitted || cells.contains { $0.inputs.isEmpty })
    tolerances = Dictionary(
      (plan?.cells ?? []).map { cell in
        (cell.id, cell.options.tolerance.mapValues { Tolerances.Bound($0) })
      }
    ) { first, _ in first }
  }

  /// What is written under a directive; where nothing is, what the store has for it.
  private static func cell(
    _ directive: Directive, planned: PlannedCell?, _ results: WrittenResults, isCommitted: Bool
  ) throws(RunFault) -> DiffCell? {
    guard planned?.cell.isActive ?? true else { return nil }
    guard let region = directive.output else {
      return planned.map { unwritten(directive, $0, results) }
    }
    let key = region.key ?? planned?.cell.key.hex
    var cell = DiffCell(
      directive, key: key, result: region.isEdited ? nil : results.source(of: region, key: key),
      inputs: try inputs(
        key: key, planned: planned?.cell, results.stored, isCommitted: isCommitted))
    cell.planned = planned
    if region.isEdited {
      cell.standing = "edited"
    } else if let planned, !region.isFor(planned.cell.key.hex) {
      cell.standing = "stale"
    }
    return cell
  }

  /// A directive without an output: a result of another notebook may serve it.
  private static func unwritten(
    _ directive: Directive, _ planned: PlannedCell, _ results: WrittenResults
  ) -> DiffCell {
    let key = planned.cell.key.hex
    let inputs = planned.cell.keyParts.map { ($0.name, $0.value) }
    var cell =
      results.of(key: key).last.map { DiffCell(id: directive.id, $0, inputs: inputs) }
      ?? DiffCell(directive, key: key, result: nil, inputs: inputs)
    cell.standing = "not run"
    cell.planned = planned
    return cell
  }

  /// What the notebook says; where it can't be planned, what the store knows of the output's key.
  ///
  /// A committed notebook is planned with the files of the work tree, so where that gives another
  /// key, the store knows better.
  private static func inputs(
    key: String?, planned: Cell?, _ stored: StoredResults, isCommitted: Bool
  ) throws(RunFault) -> [(name: String, value: String)] {
    let known = planned?.keyParts.map { ($0.name, $0.value) } ?? []
    let isPlanned = planned.map { $0.key.hex.hasPrefix(key ?? "?") } ?? false
    guard let key, planned == nil || (isCommitted && !isPlanned) else { return known }
    let parts = try stored.keyParts(key: key)
    return parts.isEmpty ? known : parts
  }
}

extension Tolerances.Bound {
  /// What a directive grants.
  init(_ tolerance: Tolerance) {
    self.init(absolute: tolerance.absolute, relative: tolerance.relative)
  }
}
