import Experiment
import FoundationEssentials
import Glibc
import Records

/// A process that executes a cell, as the run that started it sees it.
///
/// One socket is its standard input and output. It has a process group of its own, so that Ctrl-C
/// on a terminal reaches the run alone, which then asks each process to save its step.
final class JobProcess {
  let cell: Cell
  let place: CellPlace
  let start = ContinuousClock.now
  /// The run's end of the socket; closing it ends the process.
  let socket: Int32
  private let process: pid_t
  private var received: [UInt8] = []
  private var hasEnded = false

  /// Starts a process.
  ///
  /// - Parameter worker: the program and its arguments.
  /// - Throws: `RunFault.unwritable` where the system gives no process.
  init(_ job: CellJob, of cell: Cell, at place: CellPlace, worker: [String]) throws(RunFault) {
    (self.cell, self.place) = (cell, place)
    var ends: [Int32] = [-1, -1]
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw Self.fault(errno) }
    defer { close(ends[1]) }
    socket = ends[0]
    do throws(RunFault) {
      process = try Self.spawn(worker, socket: ends[1])
    } catch {
      close(ends[0])
      throw error
    }
    send(job)
  }

  deinit { close(socket) }

  /// Asks the process to save its step and end.
  func stop() { kill(process, SIGTERM) }

  /// Reads what has come; nil once all was read and the process has ended.
  func receive() -> [JobMessage]? {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(socket, &buffer, buffer.count)
    if count < 0, errno == EINTR { return [] }
    guard count > 0 else { return nil }
    received += buffer[..<count]
    guard let end = received.lastIndex(of: 0x0A) else { return [] }
    let lines = received[...end].split(separator: 0x0A)
    received.removeSubrange(...end)
    return lines.compactMap { JobMessage(line: $0) }
  }

  /// Waits for the process; what it is to be blamed for if it told no outcome.
  func wait() -> FailureRecord {
    var status = 0 as Int32
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return FailureRecord(
      code: "process-ended",
      message: signal == 0
        ? "its process ended with code \((status >> 8) & 0xFF) and no result"
        : "its process was ended by signal \(signal)",
      notes: ["where memory ran out, let fewer cells run at once: -j 1"])
  }

  private static func spawn(_ worker: [String], socket: Int32) throws(RunFault) -> pid_t {
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
    var arguments = worker.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let code = posix_spawn(
      &process, worker[0], &actions, &attributes, &arguments, environ)
    guard code == 0 else { throw fault(code) }
    return process
  }

  private func send(_ job: CellJob) {
    let bytes = [UInt8]((try? JSONEncoder().encode(job)) ?? Data()) + [0x0A]
    // A process that is gone already tells so by its end.
    _ = JobSocket.send(bytes, to: socket)
  }

  private static func fault(_ code: Int32) -> RunFault {
    .unwritable(name: "nbrun", reason: "no further process: \(String(cString: strerror(code)))")
  }
}
