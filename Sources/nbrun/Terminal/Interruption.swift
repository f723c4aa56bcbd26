import FoundationEssentials
import Glibc
import Synchronization

/// The user's wish to stop, by Ctrl-C or `kill`: the first is heard at the next step, which is
/// saved; the second ends the process at once.
enum Interruption {
  private static let count = Atomic<Int>(0)
  /// Whether the handler has a terminal to restore.
  private static let hasTerminal = Atomic<Bool>(false)
  /// How that terminal was before.
  ///
  /// Unsafe, as nothing keeps two threads from it but the flag: it is written before the flag is set,
  /// and read by the handler alone.
  nonisolated(unsafe) private static var terminal = (descriptor: Int32(-1), before: termios())

  /// Whether somebody asked the process to stop.
  static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }

  /// Begins to listen.
  static func install() {
    // Read once, so that the handler never has to initialise anything.
    _ = (isRequested, hasTerminal.load(ordering: .relaxed), terminal)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      if Interruption.request() > 0 {
        Interruption.restoreTerminal()
        _exit(130)
      }
    }
    action.sa_flags = SA_RESTART
    // Whoever started the process may have left these signals blocked.
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] {
      // Under nohup the end of the terminal is none of the run.
      if signal == SIGHUP, isIgnored(signal) { continue }
      sigaction(signal, &action, nil)
      sigaddset(&signals, signal)
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Whether whoever started the process has it ignore a signal, as the system tells: in bits, the
  /// lowest that of signal 1.
  private static func isIgnored(_ signal: Int32) -> Bool {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("SigIgn:") }
    guard let mask = line?.split(separator: "\t").last.flatMap({ UInt64($0, radix: 16) }) else {
      return false
    }
    return mask >> (signal - 1) & 1 == 1
  }

  /// Notes how a terminal has to be again when the process ends at once.
  static func willRestore(_ descriptor: Int32, to before: termios) {
    terminal = (descriptor, before)
    hasTerminal.store(true, ordering: .releasing)
  }

  /// Notes that nothing is to be restored any more.
  static func hasRestored() { hasTerminal.store(false, ordering: .releasing) }

  /// Restores the terminal by calls that a handler may make (signal-safety(7)).
  ///
  /// In the background it is another process's, and the attempt would stop this one.
  private static func restoreTerminal() {
    guard hasTerminal.load(ordering: .acquiring), tcgetpgrp(terminal.descriptor) == getpgrp()
    else { return }
    var before = terminal.before
    tcsetattr(terminal.descriptor, TCSANOW, &before)
  }

  /// Notes a wish; returns how many there were before.
  private static func request() -> Int { count.add(1, ordering: .relaxed).oldValue }
}
