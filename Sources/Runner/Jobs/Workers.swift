import Experiment
import Glibc

/// The processes that execute cells: as many as there were cells to be executed at once.
///
/// A process takes one cell after the other. One that dies is not missed: the next cell that finds
/// none waiting starts another.
struct Workers {
  private let program: [String]
  private var processes: [WorkerProcess] = []

  /// - Parameter program: the program and its arguments.
  init(_ program: [String]) { self.program = program }

  /// The cells that are being executed.
  var assignments: [WorkerProcess.Assignment] { processes.compactMap(\.assignment) }

  /// How many cells are being executed.
  var busyCount: Int { processes.count { $0.assignment != nil } }

  /// Whether a cell of a run is being executed.
  func executes(_ run: ScheduledRun) -> Bool {
    processes.contains { $0.assignment?.run === run }
  }

  /// Gives a cell to a process that waits, rather to one that has the notebook open, or to a new one.
  ///
  /// - Returns: the process; nil where the system gives none beside those that are busy.
  /// - Throws: `RunFault.unwritable` where it gives none at all.
  mutating func execute(
    _ cell: Cell, at place: CellPlace, of run: ScheduledRun
  ) throws(RunFault) -> WorkerProcess? {
    let waiting = processes.filter { $0.assignment == nil }
    let knowing = waiting.filter { $0.lastRun === run }
    for process in knowing + waiting.filter({ $0.lastRun !== run }) {
      if process.take(cell, at: place, of: run) { return process }
      // It was killed while it waited.
      _ = end(process)
    }
    do throws(RunFault) {
      let process = try WorkerProcess(program)
      processes.append(process)
      // One that is gone already tells so by its end.
      _ = process.take(cell, at: place, of: run)
      return process
    } catch {
      guard busyCount > 0 else { throw error }
      return nil
    }
  }

  /// The processes that have something to tell, or have ended; waits for one a moment.
  func telling() -> [WorkerProcess] {
    var sockets = processes.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
    // A signal ends the waiting; the limit is for one that came just before it.
    guard poll(&sockets, nfds_t(sockets.count), 200) > 0 else { return [] }
    return zip(processes, sockets).filter { $1.revents != 0 }.map(\.0)
  }

  /// Asks for the steps of a run's cells to be saved, and for their ends.
  func stop(_ run: ScheduledRun) {
    for process in processes where process.assignment?.run === run { process.stop() }
  }

  /// Ends a process; its status as `waitpid` gives it.
  mutating func end(_ process: WorkerProcess) -> Int32 {
    processes.removeAll { $0 === process }
    process.dismiss()
    return process.wait()
  }

  /// Ends all processes; none of them executes anything.
  mutating func endAll() {
    for process in processes { process.dismiss() }
    for process in processes { _ = process.wait() }
    processes = []
  }
}
