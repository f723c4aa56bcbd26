import Glibc

/// What the terminal behind a file descriptor can do.
enum Terminal {
  /// Whether lines can be drawn again there.
  static func isInteractive(_ descriptor: Int32) -> Bool {
    isatty(descriptor) != 0 && environment("TERM") != "dumb"
  }

  /// Whether colours are wanted: `NO_COLOR` forbids them, `CLICOLOR_FORCE` asks for them, else a
  /// terminal gets them (no-color.org, bixense.com/clicolors).
  static func wantsColor(on descriptor: Int32) -> Bool {
    if let forbidden = environment("NO_COLOR"), !forbidden.isEmpty { return false }
    if let forced = environment("CLICOLOR_FORCE"), !forced.isEmpty, forced != "0" { return true }
    return isInteractive(descriptor)
  }

  /// The columns of the terminal; 80 where it doesn't say.
  static func width(of descriptor: Int32) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
