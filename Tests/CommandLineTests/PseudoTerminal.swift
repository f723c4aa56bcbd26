import Foundation
import Glibc

/// A terminal whose keyboard and screen are the test's, with a program on it.
final class PseudoTerminal {
  private let keyboard: Int32
  let process = Process()
  private let lock = NSLock()
  nonisolated(unsafe) private var shown: [UInt8] = []
  private let reader: Thread

  /// Starts nbrun, or another program, in a folder, with the terminal as its controlling one.
  init(
    _ arguments: [String], in folder: String, program: String = Executable.path
  ) throws {
    // Glibc's module has no posix_openpt: these are the requests behind it (ioctl_tty(2)).
    let (unlock, number): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
    let main = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var isLocked: Int32 = 0
    var index: Int32 = 0
    guard main >= 0, ioctl(main, unlock, &isLocked) == 0, ioctl(main, number, &index) == 0 else {
      throw POSIXError(.ENXIO)
    }
    let other = open("/dev/pts/\(index)", O_RDWR | O_NOCTTY)
    guard other >= 0 else { throw POSIXError(.ENXIO) }
    var size = winsize(ws_row: 24, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(main, UInt(TIOCSWINSZ), &size)
    keyboard = main
    let screen = FileHandle(fileDescriptor: other, closeOnDealloc: false)
    process.executableURL = URL(fileURLWithPath: "/usr/bin/setsid")
    process.arguments = ["--ctty", "--wait", program] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(["TERM": "xterm"]) { $1 }
    (process.standardInput, process.standardOutput, process.standardError) =
      (screen, screen, screen)
    let box = Box()
    reader = Thread { box.terminal?.read() }
    box.terminal = self
    try process.run()
    close(other)
    reader.start()
  }

  deinit { close(keyboard) }

  /// The thread and the terminal need each other.
  private final class Box: @unchecked Sendable {
    weak var terminal: PseudoTerminal?
  }

  private func read() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(keyboard, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      lock.withLock { shown += buffer[..<count] }
    }
  }

  /// All that was written to the screen, controls included.
  var text: String { lock.withLock { String(decoding: shown, as: UTF8.self) } }

  /// Presses keys.
  func type(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = write(keyboard, bytes, bytes.count)
  }

  /// Sends signals at once, so that no program in the foreground does anything between them.
  func signal(_ signals: [Int32]) {
    let group = tcgetpgrp(keyboard)
    guard group > 0 else { return }
    kill(-group, SIGSTOP)
    usleep(50_000)
    for signal in signals { kill(-group, signal) }
    kill(-group, SIGCONT)
  }

  /// Waits until the screen has shown a text; false if the program ends before, or hangs: the time
  /// is long enough for any machine.
  func waits(for wanted: String, after start: String = "", seconds: Double = 900) -> Bool {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      let text = self.text
      let from = start.isEmpty ? text.startIndex : text.range(of: start)?.upperBound
      if let from, text[from...].contains(wanted) { return true }
      if !process.isRunning { return self.text.contains(wanted) }
      usleep(5_000)
    }
    return false
  }

  /// Waits for the end; the exit code.
  func wait() -> Int32 {
    process.waitUntilExit()
    // What is still on its way to the screen.
    usleep(50_000)
    return process.terminationStatus
  }
}
