import Checkpointing
import Diagnostics
import Experiment
import FoundationEssentials
import NotebookSyntax
import Records
import Reporting
import ResultStore
import Training

/// A run of one notebook: stale cells are executed, results stored, outputs written back.
///
/// After each executed cell its record is committed and the notebook written, so that a killed run
/// loses at most the cell that it was at, and of a training cell what came after its saved step.
public final class NotebookRun {
  var open: OpenNotebook
  let options: RunOptions
  let tell: (RunEvent) -> Void
  let shouldStop: () -> Bool
  let numerics: NumericSetup
  let costs: MeasuredCosts
  var execution: CellExecution
  var history: RunHistory
  var outputs: NotebookOutputs
  var report = RunReport()
  /// The cells that this run is about.
  var wanted = Set<String>()
  /// Cells that can't be used by others: failed, skipped or inactive.
  var unusable = Set<String>()
  private var lock: NotebookLock?

  /// Opens and checks a notebook for a run, waiting for another run of it to end.
  ///
  /// - Parameters:
  ///   - name: the path.
  ///   - tell: hears what happens.
  ///   - shouldStop: asked after each step; true stops the run after saving the step.
  /// - Throws: `RunFault`; nothing has run then.
  public convenience init(
    _ name: String, options: RunOptions, tell: @escaping (RunEvent) -> Void,
    shouldStop: @escaping () -> Bool = { false }
  ) throws(RunFault) {
    let open = try OpenNotebook(
      name, overrides: options.overrides, settings: options.settings,
      storePath: options.storePath)
    let lock = try options.usesStore ? NotebookLock(of: open, options: options, tell: tell) : nil
    try self.init(open, lock: lock, options: options, tell: tell, shouldStop: shouldStop)
  }

  /// - Parameter lock: the notebook's; nil where its file is not written, or no store used.
  convenience init(
    _ checked: OpenNotebook, lock: NotebookLock?, options: RunOptions,
    tell: @escaping (RunEvent) -> Void, shouldStop: @escaping () -> Bool
  ) throws(RunFault) {
    var open = checked
    if lock != nil {
      Leftovers.remove(beside: open.file.path)
      Leftovers.remove(in: open.project.figureFolder(ofNotebook: open.file.path))
      Leftovers.remove(in: open.project.results + "/steps")
      Leftovers.remove(in: open.project.results + "/weights")
      // Another run may have written it meanwhile.
      if try NotebookFile(name: open.file.name).bytes != open.file.bytes {
        open = try OpenNotebook(
          open.file.name, overrides: options.overrides, settings: options.settings,
          storePath: options.storePath)
      }
    }
    try self.init(open, options: options, tell: tell, shouldStop: shouldStop)
    self.lock = lock
  }

  init(
    _ open: OpenNotebook, options: RunOptions, tell: @escaping (RunEvent) -> Void,
    shouldStop: @escaping () -> Bool
  ) throws(RunFault) {
    try Self.checkNames(open, options)
    try Self.checkEdited(open, options)
    try Self.checkOutput(open, options)
    self.open = open
    self.options = options.naming(cellsOf: open.plan)
    self.tell = tell
    self.shouldStop = shouldStop
    numerics = try NumericSetup(open.plan.settings)
    execution = CellExecution(
      plan: open.plan, numerics: numerics, project: open.project, notebook: open.storeName,
      saveInterval: options.saveInterval)
    execution.reading = { tell(.reading(cell: $0, file: $1, done: $2, total: $3)) }
    history = RunHistory(open, options: options, environment: numerics.environment, tell: tell)
    costs = MeasuredCosts(
      open.plan, kernels: numerics.kernels, diskFolder: open.project.results,
      shelf: history.costShelf(numerics.environment),
      recorded: options.costs.mapValues { CostModel($0) }
    ) { tell(.measuring(cell: $0, operations: $1)) }
    execution.cost = { [costs] cell throws(TrainingFault) in try costs.cost(of: cell) }
    execution.askStore = { [history] query throws(QueryFault) in try history.answer(query) }
    execution.continuing = {
      tell(.recomputes(cell: $0, reason: "continues from step \($1) of an earlier run"))
    }
    execution.unsaved = { cell, failure in
      let line = open.plan.cell(cell)?.line ?? 1
      tell(
        .warning(
          Diagnostic(
            code: failure.code, severity: .warning, message: "\(cell): \(failure.message)",
            source: "\(open.file.name):\(line)", notes: failure.notes)))
    }
    let forced = self.options.force
    execution.continuesEarlier = { cell in
      options.usesStore && cell.options.usesCache && !cell.isNamed(in: forced)
    }
    outputs = NotebookOutputs(open, options: options)
    report.leavesNotebook = outputs.areDropped
    for warning in open.warnings { tell(.warning(warning)) }
  }

  /// Runs the cells.
  ///
  /// - Throws: `RunFault` when a file can't be written; cells that failed are in the report.
  public func run() throws(RunFault) -> RunReport {
    if options.jobs > 1 { return try runTogether() }
    let cells = begin()
    if let report = freshReport(cells) { return report }
    try runEach(cells)
    return try complete(cells)
  }

  /// Decides which cells the run is about; all cells, in the order in which they run.
  func begin() -> [Cell] {
    let cells = open.plan.executionOrder.map { open.plan.cells[$0] }
    wanted = wantedCells(cells)
    return cells
  }

  /// Writes what is left to write.
  func complete(_ cells: [Cell]) throws(RunFault) -> RunReport {
    // Of several cells that run at once any may end first.
    report.cells.sort { $0.index < $1.index }
    report.isCut = report.cells.count < cells.count
    try finish()
    noteWritten(cells)
    return report
  }

  private func runEach(_ cells: [Cell]) throws(RunFault) {
    for (index, cell) in cells.enumerated() {
      // A training cell hears of a stop by itself, and saves its step.
      guard !shouldStop() else {
        report.exitCode = .interrupted
        break
      }
      let place = CellPlace(index: index + 1, count: cells.count)
      guard try runOrSkip(cell, at: place, wanted: wanted) else { break }
    }
  }

  /// Runs a cell unless something bars it; false ends the run.
  func runOrSkip(
    _ cell: Cell, at place: CellPlace, wanted: Set<String>
  ) throws(RunFault) -> Bool {
    if let reason = reasonToSkip(cell, wanted: wanted) {
      unusable.insert(cell.id)
      end(cell, at: place, .skipped(reason), seconds: 0)
      return true
    }
    return try run(cell, at: place)
  }

  func reasonToSkip(_ cell: Cell, wanted: Set<String>) -> String? {
    if !cell.isActive { return "its 'when' is false, or that of a cell it needs" }
    if !wanted.contains(cell.id) { return "not asked for" }
    return cell.dependencies.first { unusable.contains($0) && !isGap($0, in: cell) }
      .map { "it needs '\($0)'" }
  }

  /// Whether a cell shows a point of a sweep that failed in this run.
  ///
  /// Tables and figures go without such a point. One that was not to be run is no gap, as its result
  /// may be there.
  func isGap(_ point: String, in cell: Cell) -> Bool {
    cell.kind.leavesGaps && execution.failures[point] != nil && open.plan.cell(point)?.point != nil
  }

  func end(
    _ cell: Cell, at place: CellPlace, _ outcome: CellReport.Outcome, seconds: Double
  ) {
    let ended = CellReport(
      id: cell.id, kind: cell.kind.recordKind, index: place.index, count: place.count,
      line: cell.line, outcome: outcome, seconds: seconds)
    report.cells.append(ended)
    tell(.ended(ended))
  }

  private func finish() throws(RunFault) {
    outputs.setSpans(execution.records)
    try writeNotebook()
    // A notebook that another program put back, as git does, has left figures without a reference.
    outputs.removeUnusedFigures(keeping: open.file.bytes)
    if report.wroteNotebook { history.note(outputs.regions) }
    report.text = outputs.standardOutput
    history.finish(notebookChanged: report.wroteNotebook, cells: report.cells)
    if report.exitCode == .ok, !report.failedClaims.isEmpty { report.exitCode = .differences }
  }

  func writeNotebook() throws(RunFault) {
    if try outputs.write(&open) { report.wroteNotebook = true }
  }
}

extension DirectiveKind {
  /// Whether cells of the kind show what is there where points of a sweep failed.
  fileprivate var leavesGaps: Bool { [.compare, .query, .plot, .sweep].contains(self) }
}

/// A cell's place among the cells of a run.
struct CellPlace {
  var index: Int
  var count: Int
}
