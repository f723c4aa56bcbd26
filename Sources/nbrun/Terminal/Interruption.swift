import FoundationEssentials
import Glibc
import Synchronization

/// The user's wish to stop, by Ctrl-C or `kill`: the first is heard at the next step, which is
/// saved; the second ends the process at once.
enum Interruption {
  private static let count = Atomic<Int>(0)

  /// Whether somebody asked the process to stop.
  static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }

  /// Begins to listen.
  static func install() {
    // Read once, so that the handler never has to initialise anything.
    _ = isRequested
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      if Interruption.request() > 0 { _exit(130) }
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

  /// Notes a wish; returns how many there were before.
  private static func request() -> Int { count.add(1, ordering: .relaxed).oldValue }
}
