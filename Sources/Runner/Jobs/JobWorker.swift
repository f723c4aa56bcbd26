import CFiles
import Checkpointing
import Digests
import Experiment
import FoundationEssentials
import Glibc
import Records
import Training

/// The inside of a process that executes cells for another nbrun, one after the other.
///
/// It reads ``CellJob`` from its standard input and writes ``JobMessage`` to its standard output; it
/// never touches a notebook or its results. Between two cells it keeps the parsed notebook, the
/// threads and small data sets, and gives all other memory back. When its input ends, the other
/// process is gone, and this one ends at once: what it would have computed since its last saved step
/// is computed by the next run.
public struct JobWorker {
  private let shouldStop: () -> Bool
  private var notebook: Notebook?

  /// A notebook as the process has it open.
  private final class Notebook {
    let plan: ExperimentPlan
    var execution: CellExecution

    init(_ plan: ExperimentPlan, _ execution: CellExecution) {
      (self.plan, self.execution) = (plan, execution)
    }
  }

  /// Bytes of data that may wait for a further cell.
  private static let keptData = 32 << 20

  /// - Parameter shouldStop: asked after each step; true stops the cell after saving the step.
  public init(shouldStop: @escaping () -> Bool) {
    self.shouldStop = shouldStop
    Self.endWithInput()
  }

  /// Executes cells until there are no more.
  ///
  /// - Throws: `RunFault.unreadable` for an input that is no cell.
  public mutating func run() throws(RunFault) {
    while let line = Self.readLine() {
      guard let job = try? JSONDecoder().decode(CellJob.self, from: Data(line)) else {
        throw .unreadable(name: "<stdin>", reason: "not a cell to be run")
      }
      let message = answer(job)
      // Before it is told, as the next cell of any process may need the memory.
      notebook?.execution.forgetData(beyond: Self.keptData)
      nbrun_trim()
      Self.tell(message)
    }
  }

  private mutating func answer(_ job: CellJob) -> JobMessage {
    do throws(RunFault) {
      if let other = job.notebook { try open(other) }
    } catch {
      return .refused(FailureRecord(error))
    }
    guard let notebook, let cell = notebook.plan.cell(job.cell), cell.key.hex == job.key else {
      return .refused(
        FailureRecord(
          code: "changed-meanwhile", message: "a file that it reads was changed during the run",
          notes: ["run again: finished cells are in the store and cost nothing"]))
    }
    notebook.execution.continuesEarlier = { _ in job.continuesEarlier }
    let (plan, kernels) = (notebook.plan, notebook.execution.numerics.kernels)
    let folder = notebook.execution.project.results
    notebook.execution.cost = { cell throws(TrainingFault) in
      if let costs = job.costs { return CostModel(CostRecord(operations: costs)) }
      return try MeasuredCosts(plan, kernels: kernels, diskFolder: folder, shelf: .none) { _, _ in }
        .cost(of: cell)
    }
    return .ended(execute(cell, in: notebook))
  }

  private func execute(_ cell: Cell, in notebook: Notebook) -> JobOutcome {
    var pace = Pace()
    notebook.execution.reading = { cell, file, done, total in
      if pace.isDue || done >= total {
        Self.tell(.reading(cell: cell, file: file, done: done, total: total))
      }
    }
    let deadline = cell.options.timeout.map { ContinuousClock.now + .seconds($0) }
    let outcome = notebook.execution.execute(cell) { report in
      if pace.isDue || report.step >= report.steps { Self.tell(.step(report)) }
      return !shouldStop() && deadline.map { ContinuousClock.now < $0 } ?? true
    }
    var ended = JobOutcome(record: outcome.record)
    if case .interrupted(let step) = outcome.fault {
      ended.interruptedAfter = step
      ended.isTimeout = !shouldStop()
    }
    return ended
  }

  /// Opens another notebook; threads of the one before serve it too, where it wants the same.
  private mutating func open(_ job: NotebookJob) throws(RunFault) {
    let before = notebook
    notebook = nil
    let open = try job.open()
    let settings = open.plan.settings
    let numerics =
      if let before, before.plan.settings.numericChoice == settings.numericChoice {
        before.execution.numerics
      } else {
        try NumericSetup(settings)
      }
    var execution = CellExecution(
      plan: open.plan, numerics: numerics,
      project: open.project, notebook: open.storeName, saveInterval: .seconds(job.saveInterval))
    execution.continuing = { Self.tell(.continues(step: $1)) }
    execution.unsaved = { Self.tell(.unsaved($1)) }
    notebook = Notebook(open.plan, execution)
  }

  /// Twenty times a second is enough for a line on a terminal.
  private struct Pace {
    private var last = ContinuousClock.now - .seconds(1)

    var isDue: Bool {
      mutating get {
        let now = ContinuousClock.now
        guard now - last >= .milliseconds(50) else { return false }
        last = now
        return true
      }
    }
  }
}

extension JobWorker {
  fileprivate static func tell(_ message: JobMessage) {
    guard JobSocket.send(message.line, to: STDOUT_FILENO) else { _exit(130) }
  }

  /// A line, of which the other process writes none before the last one was answered.
  fileprivate static func readLine() -> [UInt8]? {
    var line: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while line.last != 0x0A {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      line += buffer[..<count]
    }
    return line
  }

  /// Ends the process as soon as the other side of its input does, from a thread that does nothing
  /// else: it waits for no data, which is read elsewhere.
  fileprivate static func endWithInput() {
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { _ in
        while true {
          var input = pollfd(fd: STDIN_FILENO, events: 0, revents: 0)
          if poll(&input, 1, -1) > 0 { _exit(130) }
        }
      }, nil)
  }
}

extension Settings {
  /// What decides about kernels and threads.
  fileprivate var numericChoice: [String] {
    [numerics.rawValue, threads.map { "\($0)" } ?? "automatic"]
  }
}
