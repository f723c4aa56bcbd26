import Digests
import Experiment
import Glibc
import Records

extension NotebookRun {
  /// Starts a process for a cell.
  func start(_ cell: Cell, at place: CellPlace) throws(RunFault) -> JobProcess {
    tell(
      .began(cell: cell.id, kind: cell.kind.recordKind, index: place.index, count: place.count))
    let job = CellJob(
      cell, in: open, options: options, costs: try? costs.cost(of: cell),
      continuesEarlier: execution.continuesEarlier(cell))
    return try JobProcess(job, of: cell, at: place, worker: options.worker)
  }

  /// Takes a cell's stored result; false where it has none.
  func reuse(_ cell: Cell, at place: CellPlace) -> Bool {
    guard let record = storedRecord(of: cell) else { return false }
    accept(record, of: cell)
    end(cell, at: place, .cached(record), seconds: 0)
    return true
  }

  /// Stores and shows what a cell's process told; false ends the run.
  func settle(_ job: JobOutcome, of process: JobProcess) throws(RunFault) -> Bool {
    let seconds = (ContinuousClock.now - process.start).inSeconds
    let (cell, place) = (process.cell, process.place)
    if let step = job.interruptedAfter {
      return interrupted(cell, at: place, step: step, isTimeout: job.isTimeout, seconds: seconds)
    }
    let outcome = CellExecution.Outcome(record: job.record)
    let goesOn = try settle(outcome, of: cell, at: place, seconds: seconds)
    if job.record.status == .ok, cell.kind == .train {
      unlink(execution.project.savedStepPath(key: cell.key.hex))
    }
    return goesOn
  }
}
