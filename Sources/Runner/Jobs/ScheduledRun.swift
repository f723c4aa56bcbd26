import Experiment

/// A run among those whose cells share a schedule, as far as it has come.
final class ScheduledRun {
  /// A run that has not begun.
  struct Plan {
    /// Its place among all.
    let place: RunPlace
    /// The file that it writes; of two runs of one file the second begins when the first has ended.
    let file: String?
    /// Opens it.
    let begin: () throws(RunFault) -> NotebookRun
  }

  /// How a run ended.
  enum Ending {
    case report(RunReport)
    case fault(RunFault)
    /// It was not begun, as another one ended all.
    case notBegun
  }

  let plan: Plan
  let run: NotebookRun
  let cells: [Cell]
  /// Cells that are not decided on yet, in their order.
  var waiting: [(cell: Cell, place: CellPlace)]
  /// Cells that wait for a process.
  var queue: [(cell: Cell, place: CellPlace)] = []
  var ended: Set<String> = []
  /// False once a failure, or the user, ends the run: nothing further begins.
  var goesOn = true
  /// Why its outputs can't be written.
  var fault: RunFault?

  init(_ plan: Plan, _ run: NotebookRun, _ cells: [Cell]) {
    (self.plan, self.run, self.cells) = (plan, run, cells)
    waiting = cells.enumerated().map {
      ($1, CellPlace(index: $0 + 1, count: cells.count))
    }
  }

  /// Whether all of its cells have begun, or it ends before they do.
  var hasBegunAll: Bool { !goesOn || (waiting.isEmpty && queue.isEmpty) }

  /// Whether it still has to ask the store of all runs, where later runs must have left nothing.
  var readsProject: Bool {
    goesOn
      && waiting.contains {
        $0.cell.body.readsProject && run.reasonToSkip($0.cell, wanted: run.wanted) == nil
      }
  }

  /// What the run means to the caller so far.
  var exitCode: ExitCode { fault?.exitCode ?? run.report.exitCode }

  /// Ends the run.
  ///
  /// - Parameter isStopped: whether the user stopped it: if no cell of it ran just then, it is an
  ///   interrupted run too.
  func end(isStopped: Bool) -> Ending {
    if let fault { return .fault(fault) }
    let isCut = !waiting.isEmpty || !queue.isEmpty
    if isStopped, isCut, run.report.exitCode == .ok { run.report.exitCode = .interrupted }
    do throws(RunFault) {
      return .report(try run.complete(cells))
    } catch {
      fault = error
      return .fault(error)
    }
  }
}
