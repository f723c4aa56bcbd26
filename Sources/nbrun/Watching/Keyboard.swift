import Glibc

/// Single keys of the terminal on the standard input, without waiting for the end of a line.
///
/// Ctrl-C stays what it is. At the end the terminal is as it was before, even if that is a second
/// Ctrl-C.
final class Keyboard {
  /// The terminal; nil where the standard input is none.
  let descriptor: Int32?
  private var before = termios()

  init() {
    guard isatty(STDIN_FILENO) != 0, tcgetattr(STDIN_FILENO, &before) == 0 else {
      descriptor = nil
      return
    }
    var raw = before
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
    Interruption.willRestore(STDIN_FILENO, to: before)
    descriptor = tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0 ? STDIN_FILENO : nil
  }

  deinit {
    guard let descriptor else { return }
    tcsetattr(descriptor, TCSANOW, &before)
    Interruption.hasRestored()
  }

  /// A pressed key, if there is one to read.
  func key() -> Character? {
    var byte: UInt8 = 0
    guard let descriptor, read(descriptor, &byte, 1) == 1 else { return nil }
    return Character(Unicode.Scalar(byte))
  }
}
