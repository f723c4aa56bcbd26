import Digests
import Experiment
import Glibc
import Kernels
import Records

/// The cells of a run that executes several at once, each in a process of its own.
///
/// The run itself keeps notebook and store to itself: it starts cells whose needs are met, and
/// settles each as it ends, as a run of one cell after the other does. So all that differs is the
/// order in which cells end.
struct CellSchedule {
  private let run: NotebookRun
  private var memory: JobMemory
  /// Cells that are not decided on yet, in their order.
  private var waiting: [(cell: Cell, place: CellPlace)] = []
  /// Cells that wait for a process.
  private var queue: [(cell: Cell, place: CellPlace)] = []
  private var running: [JobProcess] = []
  private var ended: Set<String> = []
  private var hasAskedToStop = false
  /// False once a failure, or the user, ends the run: nothing further begins.
  private var goesOn = true

  init(_ run: NotebookRun, _ cells: [Cell]) {
    self.run = run
    memory = JobMemory(
      run.open.plan, costs: run.costs, threads: run.numerics.kernels.threads)
    waiting = cells.enumerated().map {
      ($1, CellPlace(index: $0 + 1, count: cells.count))
    }
  }

  /// Goes on until nothing runs and nothing further can begin.
  mutating func runAll() throws(RunFault) {
    do throws(RunFault) {
      while true {
        if goesOn { try decide() }
        if goesOn { try launch() }
        if running.isEmpty { return end() }
        try receive()
      }
    } catch {
      // Their steps are saved before the fault is told.
      for process in running { process.stop() }
      for process in running { while process.receive() != nil {} }
      for process in running { _ = process.wait() }
      throw error
    }
  }

  /// A run that was stopped while no cell ran is an interrupted one too.
  private func end() {
    if run.shouldStop(), !queue.isEmpty, run.report.exitCode == .ok {
      run.report.exitCode = .interrupted
    }
  }

  // MARK: - Beginning

  /// Takes what is stored, makes what is cheap, and queues what is dear, as far as needs are met.
  private mutating func decide() throws(RunFault) {
    var hasDecided = true
    while hasDecided, goesOn {
      hasDecided = false
      var index = 0
      while index < waiting.count, goesOn {
        let (cell, place) = waiting[index]
        // What a query of the whole store finds depends on what ran before it.
        if cell.body.readsProject, index > 0 || !queue.isEmpty || !running.isEmpty { return }
        guard isReady(cell) else {
          index += 1
          continue
        }
        waiting.remove(at: index)
        hasDecided = true
        try begin(cell, at: place)
      }
    }
  }

  private func isReady(_ cell: Cell) -> Bool {
    if run.reasonToSkip(cell, wanted: run.wanted) != nil { return true }
    // Of two cells with one key the second takes the result of the first.
    let isBeingMade =
      queue.contains { $0.cell.key == cell.key }
      || running.contains {
        $0.cell.key == cell.key
      }
    return !isBeingMade && cell.dependencies.allSatisfy(ended.contains)
  }

  private mutating func begin(_ cell: Cell, at place: CellPlace) throws(RunFault) {
    if cell.kind.hasProcess, run.reasonToSkip(cell, wanted: run.wanted) == nil {
      if run.reuse(cell, at: place) {
        ended.insert(cell.id)
      } else {
        // Measured while nothing else runs, as far as possible; what goes wrong is the cell's fault.
        _ = try? run.costs.cost(of: cell)
        queue.append((cell, place))
      }
    } else {
      goesOn = try run.runOrSkip(cell, at: place, wanted: run.wanted)
      ended.insert(cell.id)
    }
  }

  private mutating func launch() throws(RunFault) {
    while let (cell, place) = queue.first, running.count < run.options.jobs,
      !run.shouldStop(), memory.admits(cell, beside: running.map(\.cell))
    {
      queue.removeFirst()
      running.append(try run.start(cell, at: place))
    }
  }

  // MARK: - Ending

  private mutating func receive() throws(RunFault) {
    if run.shouldStop() { stop() }
    var sockets = running.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
    // A signal ends the waiting; the limit is for one that came just before it.
    guard poll(&sockets, nfds_t(sockets.count), 200) > 0 else { return }
    for (process, socket) in zip(running, sockets) where socket.revents != 0 {
      try receive(from: process)
    }
  }

  private mutating func receive(from process: JobProcess) throws(RunFault) {
    let messages = process.receive()
    for message in messages ?? [] {
      switch message {
      case .step(let report): run.tell(.step(cell: process.cell.id, report))
      case .reading(let cell, let file, let done, let total):
        run.tell(.reading(cell: cell, file: file, done: done, total: total))
      case .continues(let step): run.execution.continuing(process.cell.id, step)
      case .ended(let outcome):
        remove(process)
        _ = process.wait()
        try settle(outcome, of: process)
      }
    }
    if messages == nil, running.contains(where: { $0 === process }) {
      remove(process)
      let failure = process.wait()
      var record = Record(
        id: process.cell.id, kind: process.cell.kind.recordKind, status: .failed,
        key: process.cell.key.hex, output: .none)
      record.failure = failure
      // One that was asked to stop before it could listen has made no step.
      try settle(
        JobOutcome(record: record, interruptedAfter: hasAskedToStop ? 0 : nil), of: process)
    }
  }

  private mutating func remove(_ process: JobProcess) { running.removeAll { $0 === process } }

  private mutating func settle(
    _ outcome: JobOutcome, of process: JobProcess
  ) throws(RunFault) {
    ended.insert(process.cell.id)
    guard try !run.settle(outcome, of: process) else { return }
    goesOn = false
    if run.options.failsFast { stop() }
  }

  /// Nothing further begins, and what runs saves its step and ends.
  private mutating func stop() {
    goesOn = false
    guard !hasAskedToStop else { return }
    hasAskedToStop = true
    for process in running { process.stop() }
  }
}

extension DirectiveKind {
  /// Whether cells of the kind take so long that they are worth a process.
  fileprivate var hasProcess: Bool { [.train, .plan, .eval, .generate].contains(self) }
}
