import Checkpointing
import Digests
import Experiment
import Glibc
import Records
import Training

extension NotebookRun {
  /// Runs the cells, several of them at once.
  func runTogether() throws(RunFault) -> RunReport {
    var ending = ScheduledRun.Ending.notBegun
    let place = RunPlace(index: 0, sweep: 0)
    let plan = ScheduledRun.Plan(place: place, file: nil) { () throws(RunFault) in self }
    var schedule = CellSchedule(
      [plan], jobs: options.jobs, worker: options.worker, bond: .notebooks(keepsGoing: false),
      shouldStop: shouldStop
    ) { ending = $1 }
    schedule.runAll()
    switch ending {
    case .report(let report): return report
    case .fault(let fault): throw fault
    case .notBegun:
      report.exitCode = .interrupted
      return report
    }
  }

  /// What a worker process has to know of a cell.
  func job(for cell: Cell, withNotebook: Bool) -> CellJob {
    CellJob(
      notebook: withNotebook ? NotebookJob(open, options: options) : nil, cell: cell.id,
      key: cell.key.hex, costs: (try? costs.cost(of: cell))?.operations,
      continuesEarlier: execution.continuesEarlier(cell))
  }

  /// Tells that a cell begins.
  func tellBeginning(of cell: Cell, at place: CellPlace, worker: Int? = nil) {
    tell(
      .began(
        cell: cell.id, kind: cell.kind.recordKind, index: place.index, count: place.count,
        worker: worker))
  }

  /// Takes a cell's stored result; false where it has none.
  func reuse(_ cell: Cell, at place: CellPlace) -> Bool {
    guard let record = storedRecord(of: cell) else { return false }
    accept(record, of: cell)
    end(cell, at: place, .cached(record), seconds: 0)
    return true
  }

  /// Stores and shows what a cell's process told; false ends the run.
  func settle(
    _ job: JobOutcome, of assignment: WorkerProcess.Assignment
  ) throws(RunFault) -> Bool {
    let seconds = (ContinuousClock.now - assignment.start).seconds
    let (cell, place) = (assignment.cell, assignment.place)
    if let step = job.interruptedAfter {
      return try interrupted(
        cell, at: place, step: step, isTimeout: job.isTimeout, seconds: seconds)
    }
    let outcome = CellExecution.Outcome(record: job.record)
    let goesOn = try settle(outcome, of: cell, at: place, seconds: seconds)
    if job.record.status == .ok, cell.kind == .train {
      unlink(execution.project.savedStepPath(key: cell.key.hex))
    }
    return goesOn
  }
}
