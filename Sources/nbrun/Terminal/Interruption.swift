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
      var earlier = sigaction()
      sigaction(signal, nil, &earlier)
      if signal == SIGHUP, isIgnored(earlier) { continue }
      sigaction(signal, &action, nil)
      sigaddset(&signals, signal)
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    guard let handler = action.__sigaction_handler.sa_handler else { return false }
    return unsafe unsafeBitCast(handler, to: Int.self) == 1
  }

  /// Notes a wish; returns how many there were before.
  private static func request() -> Int { count.add(1, ordering: .relaxed).oldValue }
}
