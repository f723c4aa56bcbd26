import Digests
import Experiment
import Records

/// The cells of one or several runs, of which several are executed at once, each in a process.
///
/// The runs keep notebook and store to themselves: they start cells whose needs are met, and settle
/// each as it ends, as a run of one cell after the other does. So all that differs is the order in
/// which cells end. Cells of earlier runs come first; a later run begins when there is nothing left
/// to do for an idle process.
struct CellSchedule {
  /// How many cells are executed at once, of all runs together.
  private let jobs: Int
  private let bond: RunBond
  private let shouldStop: () -> Bool
  private let told: (Int, ScheduledRun.Ending) -> Void
  private var coming: [ScheduledRun.Plan]
  /// Runs that have begun and not ended, in their order.
  private var begun: [ScheduledRun] = []
  private var workers: Workers
  private var memory = JobMemory()
  /// Whether the user ended all.
  private(set) var isStopped = false
  /// Whether something has ended, so that others may begin.
  private var hasChanged = true

  /// - Parameters:
  ///   - worker: the program that executes cells, and its arguments.
  ///   - bond: what a run that ends badly means for the others.
  ///   - told: hears of each run once how it ended.
  init(
    _ plans: [ScheduledRun.Plan], jobs: Int, worker: [String], bond: RunBond,
    shouldStop: @escaping () -> Bool, told: @escaping (Int, ScheduledRun.Ending) -> Void
  ) {
    coming = plans
    self.jobs = jobs
    self.bond = bond
    self.shouldStop = shouldStop
    self.told = told
    workers = Workers(worker)
  }

  /// Goes on until all runs have ended.
  mutating func runAll() {
    while !begun.isEmpty || !coming.isEmpty {
      if shouldStop() { stopAll() }
      if hasChanged {
        hasChanged = false
        decide()
      }
      launch()
      if endRuns() { continue }
      if workers.busyCount == 0 {
        // No cell is left whose needs can be met.
        for run in begun { run.goesOn = false }
      } else {
        receive()
      }
    }
    workers.endAll()
  }

  // MARK: - Beginning

  /// Takes what is stored, makes what is cheap, and queues what is dear, as far as needs are met.
  private mutating func decide() {
    for run in begun {
      decide(run)
      if run.readsProject { return }
    }
    while let next = coming.first, mayBegin(next) {
      coming.removeFirst()
      guard let run = begin(next) else { continue }
      begun.append(run)
      decide(run)
      if run.readsProject { return }
    }
  }

  /// Whether a further run is to begin, which needs memory and open files.
  private func mayBegin(_ plan: ScheduledRun.Plan) -> Bool {
    let queued = begun.map { $0.goesOn ? $0.queue.count : 0 }.reduce(0, +)
    return begun.count < jobs + 8 && workers.busyCount + queued < jobs
      && (plan.file == nil || !begun.contains { $0.plan.file == plan.file })
  }

  private mutating func begin(_ plan: ScheduledRun.Plan) -> ScheduledRun? {
    do throws(RunFault) {
      let run = try plan.begin()
      let cells = run.begin()
      guard let report = run.freshReport(cells) else { return ScheduledRun(plan, run, cells) }
      told(plan.place.index, .report(report))
    } catch {
      told(plan.place.index, .fault(error))
      apply(error.exitCode, of: plan.place, stops: bond.isOfPoints)
    }
    return nil
  }

  private mutating func decide(_ run: ScheduledRun) {
    var hasDecided = true
    while hasDecided {
      hasDecided = false
      var index = 0
      while run.goesOn, index < run.waiting.count {
        let (cell, place) = run.waiting[index]
        // What a query of the whole store finds depends on what ran before it.
        if cell.body.readsProject, index > 0 || !isNext(run) { return }
        guard isReady(cell, of: run) else {
          index += 1
          continue
        }
        run.waiting.remove(at: index)
        hasDecided = true
        decide(cell, at: place, of: run)
      }
    }
  }

  /// Whether nothing runs or waits that comes before a run's waiting cells.
  private func isNext(_ run: ScheduledRun) -> Bool {
    let place = run.plan.place.index
    return !begun.contains { $0.plan.place.index < place } && run.queue.isEmpty
      && !workers.executes(run)
  }

  private func isReady(_ cell: Cell, of run: ScheduledRun) -> Bool {
    if run.run.reasonToSkip(cell, wanted: run.run.wanted) != nil { return true }
    // Of two cells with one key the second takes the result of the first.
    let isBeingMade =
      begun.contains { $0.goesOn && $0.queue.contains { $0.cell.key == cell.key } }
      || workers.assignments.contains { $0.cell.key == cell.key }
    return !isBeingMade && cell.dependencies.allSatisfy(run.ended.contains)
  }

  private mutating func decide(_ cell: Cell, at place: CellPlace, of run: ScheduledRun) {
    let wanted = run.run.wanted
    if cell.kind.hasProcess, run.run.reasonToSkip(cell, wanted: wanted) == nil {
      if run.run.reuse(cell, at: place) {
        run.ended.insert(cell.id)
      } else {
        // Measured while nothing else runs, as far as possible; what goes wrong is the cell's fault.
        _ = try? run.run.costs.cost(of: cell)
        run.queue.append((cell, place))
      }
      return
    }
    do throws(RunFault) {
      let goesOn = try run.run.runOrSkip(cell, at: place, wanted: wanted)
      run.ended.insert(cell.id)
      if !goesOn { halt(run) }
    } catch {
      fail(run, error)
    }
  }

  private mutating func launch() {
    for run in begun where run.goesOn {
      while let (cell, place) = run.queue.first {
        guard workers.busyCount < jobs, !shouldStop(),
          memory.admits(cell, of: run, beside: workers.assignments)
        else { return }
        do throws(RunFault) {
          guard let process = try workers.execute(cell, at: place, of: run) else { return }
          run.queue.removeFirst()
          run.run.tellBeginning(of: cell, at: place, worker: Int(process.number))
        } catch {
          fail(run, error)
          break
        }
      }
    }
  }

  // MARK: - Ending

  private mutating func receive() {
    for process in workers.telling() {
      let messages = process.receive()
      for message in messages ?? [] { hear(message, from: process) }
      if messages == nil { bury(process) }
    }
  }

  private mutating func hear(_ message: JobMessage, from process: WorkerProcess) {
    guard let (run, cell) = process.assignment.map({ ($0.run.run, $0.cell) }) else { return }
    switch message {
    case .step(let report): run.tell(.step(cell: cell.id, report))
    case .reading(let cell, let file, let done, let total):
      run.tell(.reading(cell: cell, file: file, done: done, total: total))
    case .continues(let step): run.execution.continuing(cell.id, step)
    case .unsaved(let failure): run.execution.unsaved(cell.id, failure)
    case .ended(let outcome): settle(outcome, from: process)
    case .refused(let failure):
      process.forgetNotebook()
      settle(JobOutcome(of: cell, failure), from: process)
    }
  }

  /// A process has ended; the cell that it was at has failed.
  private mutating func bury(_ process: WorkerProcess) {
    let status = workers.end(process)
    guard let cell = process.assignment?.cell else { return }
    var outcome = JobOutcome(of: cell, FailureRecord(processStatus: status, of: cell.kind))
    // One that was asked to stop before it could listen has made no step.
    outcome.interruptedAfter = process.isStopped ? 0 : nil
    settle(outcome, from: process)
  }

  private mutating func settle(_ outcome: JobOutcome, from process: WorkerProcess) {
    guard let ended = process.release() else { return }
    // It has heard that it shall stop, and would stop every further cell.
    if process.isStopped { _ = workers.end(process) }
    hasChanged = true
    let run = ended.run
    guard run.fault == nil else { return }
    run.ended.insert(ended.cell.id)
    do throws(RunFault) {
      if try !run.run.settle(outcome, of: ended) { halt(run) }
    } catch {
      fail(run, error)
    }
  }

  /// Nothing further of a run begins.
  private mutating func halt(_ run: ScheduledRun) {
    run.goesOn = false
    hasChanged = true
    if run.run.options.failsFast { workers.stop(run) }
    apply(run.exitCode, of: run.plan.place, stops: run.run.options.failsFast)
  }

  /// Ends a run that can't write its outputs; the steps of its cells are saved before that is told.
  private mutating func fail(_ run: ScheduledRun, _ fault: RunFault) {
    run.fault = fault
    workers.stop(run)
    halt(run)
  }

  /// Ends the other runs that a run's exit code ends.
  private mutating func apply(_ code: ExitCode, of place: RunPlace, stops: Bool) {
    guard bond.isBroken(by: code) else { return }
    for other in coming where bond.ends(other.place, after: place) {
      told(other.place.index, .notBegun)
    }
    coming.removeAll { bond.ends($0.place, after: place) }
    for other in begun where bond.ends(other.plan.place, after: place) {
      other.goesOn = false
      if stops { workers.stop(other) }
    }
  }

  /// Ends the runs of which nothing is left to do; true where there were some.
  private mutating func endRuns() -> Bool {
    let done = begun.filter { $0.hasBegunAll && !workers.executes($0) }
    for run in done {
      begun.removeAll { $0 === run }
      told(run.plan.place.index, run.end(isStopped: isStopped))
      apply(run.exitCode, of: run.plan.place, stops: run.run.options.failsFast)
    }
    hasChanged = hasChanged || !done.isEmpty
    return !done.isEmpty
  }

  /// Nothing further begins, and what runs saves its step and ends.
  private mutating func stopAll() {
    guard !isStopped else { return }
    isStopped = true
    for plan in coming { told(plan.place.index, .notBegun) }
    coming = []
    for run in begun {
      run.goesOn = false
      workers.stop(run)
    }
  }
}

extension DirectiveKind {
  /// Whether cells of the kind take so long that they are worth a process.
  fileprivate var hasProcess: Bool { [.train, .plan, .eval, .generate].contains(self) }
}
