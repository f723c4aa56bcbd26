import Experiment
import FoundationEssentials
import Glibc
import Records

/// A process that executes one cell after the other, as the runs see it that use it.
///
/// One socket is its standard input and output. It has a process group of its own, so that Ctrl-C
/// on a terminal reaches the runs alone, which then ask each process to save its step.
final class WorkerProcess {
  /// A cell that the process executes.
  struct Assignment {
    let run: ScheduledRun
    let cell: Cell
    let place: CellPlace
    let start = ContinuousClock.now
  }

  /// The number that the system gave the process.
  let number: pid_t
  /// The runs' end of the socket; closing it ends the process.
  let socket: Int32
  /// What it executes; nil while it waits.
  private(set) var assignment: Assignment?
  /// Whether it was asked to end, so that it takes no further cell.
  private(set) var isStopped = false
  /// The run whose notebook it has open.
  private(set) weak var lastRun: ScheduledRun?
  private var received: [UInt8] = []

  /// Starts a process.
  ///
  /// - Parameter program: the program and its arguments.
  /// - Throws: `RunFault.unwritable` where the system gives no process.
  init(_ program: [String]) throws(RunFault) {
    var ends: [Int32] = [-1, -1]
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw Self.fault(errno) }
    defer { close(ends[1]) }
    socket = ends[0]
    do throws(RunFault) {
      number = try Self.spawn(program, socket: ends[1])
    } catch {
      close(ends[0])
      throw error
    }
  }

  deinit { close(socket) }

  /// Gives the process a cell; false where the process is gone.
  func take(_ cell: Cell, at place: CellPlace, of run: ScheduledRun) -> Bool {
    let job = run.run.job(for: cell, withNotebook: lastRun !== run)
    let bytes = [UInt8]((try? JSONEncoder().encode(job)) ?? Data()) + [0x0A]
    assignment = Assignment(run: run, cell: cell, place: place)
    lastRun = run
    return JobSocket.send(bytes, to: socket)
  }

  /// The process could not open the notebook, and is given it again with the next cell.
  func forgetNotebook() { lastRun = nil }

  /// The cell has ended: what it was.
  func release() -> Assignment? {
    defer { assignment = nil }
    return assignment
  }

  /// Asks the process to save its step and end; a second time would end it at once.
  func stop() {
    if !isStopped { kill(number, SIGTERM) }
    isStopped = true
  }

  /// Reads what has come; nil once all was read and the process has ended.
  func receive() -> [JobMessage]? {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(socket, &buffer, buffer.count)
    if count < 0, errno == EINTR { return [] }
    guard count > 0 else { return nil }
    // Only what is new can end a line: a record of many megabytes comes in thousands of pieces.
    guard let end = buffer[..<count].lastIndex(of: 0x0A) else {
      received += buffer[..<count]
      return []
    }
    let lines = (received + buffer[...end]).split(separator: 0x0A)
    received = Array(buffer[(end + 1)..<count])
    return lines.compactMap { JobMessage(line: $0) }
  }

  /// Tells the process that nothing more will come, upon which it ends.
  func dismiss() { shutdown(socket, Int32(SHUT_RDWR)) }

  /// Waits for the end of the process; its status as `waitpid` gives it.
  func wait() -> Int32 {
    var status = 0 as Int32
    while waitpid(number, &status, 0) < 0, errno == EINTR {}
    return status
  }

  private static func spawn(_ program: [String], socket: Int32) throws(RunFault) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, socket, STDOUT_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    var arguments = program.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let code = posix_spawn(
      &process, program[0], &actions, &attributes, &arguments, environ)
    guard code == 0 else { throw fault(code) }
    return process
  }

  private static func fault(_ code: Int32) -> RunFault {
    .unwritable(name: "nbrun", reason: "no further process: \(String(cString: strerror(code)))")
  }
}
