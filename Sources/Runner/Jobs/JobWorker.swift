import Checkpointing
import Digests
import Experiment
import FoundationEssentials
import Glibc
import Records
import Training

/// The inside of a process that executes one cell for another nbrun.
///
/// It reads a ``CellJob`` from its standard input and writes ``JobMessage`` to its standard output;
/// it never touches notebook or store. When the input ends, the other process is gone, and this one
/// ends at once: what it would have computed since its last saved step is computed by the next run.
public struct JobWorker {
  private let job: CellJob
  private let shouldStop: () -> Bool

  /// Reads the job.
  ///
  /// - Throws: `RunFault.unreadable` for an input that is no job.
  public init(shouldStop: @escaping () -> Bool) throws(RunFault) {
    guard let line = Self.readLine(),
      let job = try? JSONDecoder().decode(CellJob.self, from: Data(line))
    else { throw .unreadable(name: "<stdin>", reason: "not a cell to be run") }
    self.job = job
    self.shouldStop = shouldStop
    Self.endWithInput()
  }

  /// Executes the cell.
  ///
  /// - Throws: `RunFault`, where the notebook can't be planned as it was.
  public func run() throws(RunFault) {
    let open = try job.open()
    let cell = try open.cell(job.cell)
    guard cell.key.hex == job.key else { throw .changedMeanwhile(name: job.name) }
    let numerics = try NumericSetup(open.plan.settings)
    var execution = CellExecution(
      plan: open.plan, numerics: numerics, project: open.project,
      notebook: open.storeName, saveInterval: .seconds(job.saveInterval))
    execution.cost = { [job] cell throws(TrainingFault) in
      if let costs = job.costs { return CostModel(CostRecord(operations: costs)) }
      return try MeasuredCosts(open.plan, kernels: numerics.kernels, shelf: .none) { _, _ in }
        .cost(of: cell)
    }
    execution.continuesEarlier = { [job] _ in job.continuesEarlier }
    execution.continuing = { Self.tell(.continues(step: $1)) }
    var pace = Pace()
    execution.reading = { cell, file, done, total in
      if pace.isDue || done >= total {
        Self.tell(.reading(cell: cell, file: file, done: done, total: total))
      }
    }
    let deadline = cell.options.timeout.map { ContinuousClock.now + .seconds($0) }
    let outcome = execution.execute(cell) { report in
      if pace.isDue || report.step >= report.steps { Self.tell(.step(report)) }
      return !shouldStop() && deadline.map { ContinuousClock.now < $0 } ?? true
    }
    var ended = JobOutcome(record: outcome.record)
    if case .interrupted(let step) = outcome.fault {
      ended.interruptedAfter = step
      ended.isTimeout = !shouldStop()
    }
    Self.tell(.ended(ended))
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

  private static func tell(_ message: JobMessage) {
    guard JobSocket.send(message.line, to: STDOUT_FILENO) else { _exit(130) }
  }

  private static func readLine() -> [UInt8]? {
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

  /// Ends the process as soon as its input does, from a thread that does nothing else.
  private static func endWithInput() {
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { _ in
        var byte = 0 as UInt8
        while true {
          let count = read(STDIN_FILENO, &byte, 1)
          if count == 0 || (count < 0 && errno != EINTR) { _exit(130) }
        }
      }, nil)
  }
}
